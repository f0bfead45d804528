-- One row per participation, with agency, name and position as they were on the day: frozen once it is attended,
-- before that from the person's affiliation valid on the event's first day (the open one while there is no date).
-- `measure` is what the row can count as; `own_staff` says that its agency, or a whole that it is part of,
-- implements a project of the event. `effective_days` are the days marked on a sign-in sheet, else the row's own, else
-- the event's.
SELECT
    participation.id,
    participation.event_id,
    event.kind,
    event.status AS event_status,
    event.starts_on,
    event.ends_on,
    coalesce(
        nullif((SELECT count(*) FROM attendance WHERE attendance.participation_id = participation.id), 0),
        participation.days,
        event.days,
        {days event.starts_on event.ends_on}
    ) AS effective_days,
    participation.contact_id,
    participation.forgotten_as,
    coalesce(participation.agency_id, affiliation.agency_id) AS agency_id,
    coalesce(participation.agency_name, agency.name) AS agency_name,
    coalesce(participation.position, affiliation.position) AS position,
    participation.label,
    coalesce(
        agency.side,
        CASE WHEN agency.parent_id IS NOT NULL
            THEN coalesce(
                (SELECT above.side FROM agency AS above WHERE above.id = agency.parent_id),
                (SELECT v_agency.side FROM v_agency WHERE v_agency.id = agency.id)
            ) END,
        participation.side
    ) AS side,
    agency.country,
    participation.role,
    participation.status,
    participation.modality,
    participation.women,
    participation.men,
    participation.other,
    participation.not_stated,
    participation.source,
    participation.approximate,
    {measure} AS measure,
    EXISTS (
        SELECT 1
        FROM v_event_project
        WHERE v_event_project.event_id = participation.event_id
            AND (v_event_project.project_id, coalesce(participation.agency_id, affiliation.agency_id)) IN (
                SELECT v_own_staff.project_id, v_own_staff.agency_id FROM v_own_staff
            )
    ) AS own_staff
FROM participation
JOIN event ON event.id = participation.event_id
LEFT JOIN affiliation ON affiliation.id = CASE WHEN participation.status <> 'attended' THEN ({valid id}) END
LEFT JOIN agency ON agency.id = coalesce(participation.agency_id, affiliation.agency_id)
