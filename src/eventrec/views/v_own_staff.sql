-- Whose people are own staff of a project: the agencies that implement it, and every part of them.
WITH RECURSIVE implementing (project_id, agency_id) AS (
    SELECT project_party.project_id, project_party.agency_id
    FROM project_party
    WHERE project_party.role = 'implementer'
    UNION
    SELECT implementing.project_id, part.id
    FROM implementing
    JOIN agency AS part ON part.parent_id = implementing.agency_id
)
SELECT implementing.project_id, implementing.agency_id
FROM implementing
