-- One row per way to reach a contact or an agency; one of the two numbers is given. Of each kind one is preferred.
SELECT
    contact_point.id,
    contact_point.uid,
    contact_point.contact_id,
    contact_point.agency_id,
    contact_point.kind,
    contact_point.value,
    contact_point.label,
    contact_point.preferred,
    {moment contact_point.created_at} AS created_at,
    {moment contact_point.modified_at} AS modified_at,
    contact_point.version
FROM contact_point
