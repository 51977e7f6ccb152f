-- The figures of a programme, as plain SQL over one table `facts`: a row for each session.
-- DuckDB runs it; `mentorwalk programme report --sql spark` prints it for another engine.
-- `$today` is the day of the report. `per_pair` comes first; each figure after it has the columns
-- `label` and `pairs`. A pair that left something out is among `not said`.

-- name: per_pair
CREATE TEMP TABLE per_pair AS
WITH placed AS (
  SELECT
    *,
    COALESCE(programme, '') AS belongs_to,
    COALESCE(DATE_DIFF('day', DATE '1970-01-01', held_on), 0) * 10000 + COALESCE(meeting, 0)
      AS place
  FROM facts
),
counted AS (
  SELECT
    belongs_to,
    pair,
    MAX(place) AS last_place,
    COALESCE(MAX(meeting), COUNT(*)) AS meetings,
    DATE_DIFF('day', MAX(held_on), $today) AS days_since,
    MIN(CASE WHEN agreement = 'accepted' THEN meeting END) AS agreed_after,
    MAX(CASE WHEN agreement = 'accepted' THEN 1 ELSE 0 END) AS ever_agreed,
    MAX(CASE WHEN agreement IS NULL THEN 0 ELSE 1 END) AS said_agreement,
    MAX(CASE WHEN agenda = 'closing-session' THEN 1 ELSE 0 END) AS closed,
    MAX(CASE WHEN agenda = 'early-ending' THEN 1 ELSE 0 END) AS ended_early
  FROM placed
  GROUP BY belongs_to, pair
)
-- Two files may have one place, such as a meeting and an exercise on its day: one row of both.
SELECT
  counted.belongs_to,
  counted.pair,
  MAX(counted.meetings) AS meetings,
  MAX(counted.days_since) AS days_since,
  MAX(counted.agreed_after) AS agreed_after,
  MAX(counted.ever_agreed) AS ever_agreed,
  MAX(counted.said_agreement) AS said_agreement,
  MAX(counted.closed) AS closed,
  MAX(counted.ended_early) AS ended_early,
  MAX(placed.minutes) AS minutes,
  MAX(placed.format) AS format,
  MAX(placed.next_meeting) AS next_meeting,
  MAX(placed.goals) AS goals,
  MAX(CASE WHEN placed.contact_us THEN 1 WHEN NOT placed.contact_us THEN 0 END) AS contact_us
FROM counted
JOIN placed
  ON placed.belongs_to = counted.belongs_to
  AND placed.pair = counted.pair
  AND placed.place = counted.last_place
GROUP BY counted.belongs_to, counted.pair

-- name: pairs
SELECT 'pairs' AS label, COUNT(*) AS pairs FROM per_pair

-- name: last_met
SELECT
  CASE
    WHEN days_since IS NULL THEN 'not said'
    WHEN days_since <= 30 THEN 'in the last 30 days'
    WHEN days_since <= 60 THEN '31 to 60 days ago'
    ELSE 'longer ago'
  END AS label,
  COUNT(*) AS pairs
FROM per_pair
GROUP BY 1

-- name: meetings
SELECT
  CASE
    WHEN meetings <= 2 THEN 'at most twice'
    WHEN meetings <= 5 THEN '3 to 5 times'
    WHEN meetings <= 9 THEN '6 to 9 times'
    ELSE '10 times or more'
  END AS label,
  COUNT(*) AS pairs
FROM per_pair
GROUP BY 1

-- name: agreement
SELECT
  CASE
    WHEN said_agreement = 0 THEN 'not said'
    WHEN ever_agreed = 0 THEN 'not yet'
    WHEN agreed_after IS NULL THEN 'not said'
    WHEN agreed_after <= 1 THEN 'since the first meeting'
    ELSE 'since a later one'
  END AS label,
  COUNT(*) AS pairs
FROM per_pair
GROUP BY 1

-- name: next_meeting
SELECT COALESCE(next_meeting, 'not said') AS label, COUNT(*) AS pairs FROM per_pair GROUP BY 1

-- name: minutes
SELECT
  CASE
    WHEN minutes IS NULL THEN 'not said'
    WHEN minutes <= 30 THEN 'up to 30 minutes'
    WHEN minutes <= 60 THEN '35 to 60 minutes'
    ELSE 'longer'
  END AS label,
  COUNT(*) AS pairs
FROM per_pair
GROUP BY 1

-- name: format
SELECT COALESCE(format, 'not said') AS label, COUNT(*) AS pairs FROM per_pair GROUP BY 1

-- name: goals
SELECT
  CASE
    WHEN goals IS NULL THEN 'not said'
    WHEN goals = 0 THEN 'none'
    WHEN goals = 1 THEN 'one'
    ELSE 'several'
  END AS label,
  COUNT(*) AS pairs
FROM per_pair
GROUP BY 1

-- name: endings
SELECT
  CASE
    WHEN closed = 1 THEN 'closed together'
    WHEN ended_early = 1 THEN 'ended early'
    ELSE 'going on'
  END AS label,
  COUNT(*) AS pairs
FROM per_pair
GROUP BY 1

-- name: contact
SELECT
  CASE
    WHEN contact_us IS NULL THEN 'not said'
    WHEN contact_us = 1 THEN 'asked to be contacted'
    ELSE 'did not ask'
  END AS label,
  COUNT(*) AS pairs
FROM per_pair
GROUP BY 1

-- name: agendas
SELECT agenda AS label, COUNT(DISTINCT CONCAT(COALESCE(programme, ''), ' ', pair)) AS pairs
FROM facts
WHERE agenda IS NOT NULL
GROUP BY 1

-- name: exercises
SELECT used.name AS label, COUNT(DISTINCT CONCAT(COALESCE(programme, ''), ' ', pair)) AS pairs
FROM facts
CROSS JOIN UNNEST(exercises) AS used(name)
GROUP BY 1

-- name: silent
SELECT pair AS label, days_since AS days
FROM per_pair
WHERE days_since > 60 AND closed = 0 AND ended_early = 0
ORDER BY days_since DESC, pair

-- name: asked
SELECT pair AS label, 1 AS pairs FROM per_pair WHERE contact_us = 1 ORDER BY pair
