-- The projects that an event is reported under: its own or, for a site visit without any, its parent's.
SELECT
    event.id AS event_id,
    event_project.project_id,
    event_project.share,
    event_project.budget_line,
    event_project.event_id <> event.id AS inherited,
    {moment event_project.modified_at} AS modified_at
FROM event
JOIN event_project ON event_project.event_id = CASE
    WHEN event.parent_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM event_project AS own WHERE own.event_id = event.id)
    THEN event.parent_id
    ELSE event.id
END
