-- One row per event, site visits included: v_event_itself and the numbers of people. `participants`, `women` and `men` are
-- people who count and attended, empty until the event is held; `expected` are those who registered.
SELECT
    id, uid, kind, status, status_reason, title, title_en, title_zh, title_any, description, description_en,
    description_zh, description_any, results, results_en, results_zh, results_any, topics, starts_on, ends_on,
    date_note, planned_starts_on, planned_ends_on, days, effective_days, start_time, end_time, timezone, modality,
    venue, venue_en, venue_zh, venue_any, address, city, city_en, city_zh, city_any, country, latitude, longitude,
    online_url, source_url, contact, contact_en, contact_zh, contact_any, contact_id, contact_email, parent,
    parent_uid, parent_title, parent_title_en, parent_title_zh, parent_title_any, replaces, projects, donors,
    organizers, organizer_id, organizer, organizer_en, organizer_zh, organizer_any, organizer_email, visits,
    sequence, created_at, modified_at, dtstamp,
    (
        SELECT sum(v_head.people) FROM v_head
        WHERE v_head.event_id = itself.id AND v_head.measure = 'actual' AND v_head.reason = ''
    ) AS participants,
    (
        SELECT CASE WHEN sum(v_head.people) IS NOT NULL
            THEN coalesce(sum(CASE WHEN v_head.sex = 'female' THEN v_head.people END), 0) END
        FROM v_head
        WHERE v_head.event_id = itself.id AND v_head.measure = 'actual' AND v_head.reason = ''
    ) AS women,
    (
        SELECT CASE WHEN sum(v_head.people) IS NOT NULL
            THEN coalesce(sum(CASE WHEN v_head.sex = 'male' THEN v_head.people END), 0) END
        FROM v_head
        WHERE v_head.event_id = itself.id AND v_head.measure = 'actual' AND v_head.reason = ''
    ) AS men,
    (
        SELECT sum(v_head.people) FROM v_head
        WHERE v_head.event_id = itself.id AND v_head.measure = 'expected' AND v_head.reason = ''
    ) AS expected,
    note, source_uid, search_text, version
FROM v_event_itself AS itself
