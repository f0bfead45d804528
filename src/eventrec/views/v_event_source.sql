-- One row per event and release that it was drafted from.
SELECT
    event_source.id,
    event_source.uid,
    event_source.event_id,
    event_source.name,
    event_source.url,
    event_source.sha256,
    event_source.text,
    {moment event_source.created_at} AS created_at,
    {moment event_source.modified_at} AS modified_at,
    event_source.version
FROM event_source
