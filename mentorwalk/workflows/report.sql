-- The figures of a programme, as plain SQL over one table `facts`: a row for each session.
-- DuckDB runs it; `mentorwalk programme report --sql spark` prints it for another engine.
-- `$today` is the day of the report. `per_pair` comes first; each figure after it has the columns
-- `label` and `pairs`. A pair that left something out is among `not said`.

-- name: per_pair
CREATE TEMP TABLE per_pair AS
WITH dated AS (
  SELECT
    *,
    COALESCE(programme, '') AS belongs_to,
    COALESCE(DATE_DIFF('day', DATE '1970-01-01', held_on), 0) AS day_number
  FROM facts
),
-- A later meeting is newer, whether or not its day is said. A file that does not say which meeting
-- it is about is placed by its day, among the meetings held by then.
placed AS (
  SELECT
    *,
    day_number + 100000 * COALESCE(
      meeting,
      MAX(meeting) OVER (PARTITION BY belongs_to, pair ORDER BY day_number NULLS FIRST),
      0
    ) AS place
  FROM dated
),
counted AS (
  SELECT
    belongs_to,
    pair,
    MAX(place) AS last_place,
    COALESCE(MAX(meeting), COUNT(*)) AS meetings,
    DATE_DIFF('day', MAX(held_on), $today) AS days_since,
    MAX(CASE WHEN agreement IS NULL THEN 0 ELSE 1 END) AS said_agreement,
    MAX(CASE WHEN agreement = 'accepted' THEN 1 ELSE 0 END) AS ever_agreed,
    MIN(CASE WHEN agreement = 'accepted' THEN meeting END) AS first_agreed,
    MIN(CASE WHEN agreement <> 'accepted' THEN meeting END) AS first_unagreed,
    MIN(agreement_on) AS agreed_on,
    MIN(CASE WHEN meeting = 1 THEN held_on END) AS first_day,
    -- Nobody's wish gets lost because its file does not say when it was.
    MAX(
      CASE
        WHEN contact_us AND meeting IS NULL AND held_on IS NULL THEN 2000000000
        WHEN contact_us THEN place
      END
    ) AS asked_at,
    MAX(CASE WHEN NOT contact_us THEN place END) AS not_asked_at,
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
  MAX(
    CASE
      WHEN counted.said_agreement = 0 THEN 'not said'
      WHEN counted.ever_agreed = 0 THEN 'not yet'
      WHEN counted.first_agreed <= 1 OR counted.agreed_on <= counted.first_day
        THEN 'since the first meeting'
      WHEN counted.first_unagreed < counted.first_agreed THEN 'since a later one'
      ELSE 'since when is not known'
    END
  ) AS agreement,
  MAX(
    CASE
      WHEN counted.closed = 1 THEN 'closed together'
      WHEN counted.ended_early = 1 THEN 'ended early'
      WHEN placed.agenda IS NOT NULL THEN 'going on'
    END
  ) AS ending,
  MAX(placed.minutes) AS minutes,
  MAX(placed.format) AS format,
  MAX(placed.next_meeting) AS next_meeting,
  MAX(placed.goals) AS goals,
  MAX(
    CASE
      WHEN counted.asked_at >= COALESCE(counted.not_asked_at, 0) THEN 1
      WHEN counted.not_asked_at IS NOT NULL THEN 0
    END
  ) AS contact_us
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
    WHEN ending IN ('closed together', 'ended early') THEN 'ended'
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
SELECT agreement AS label, COUNT(*) AS pairs FROM per_pair GROUP BY 1

-- name: next_meeting
SELECT
  CASE
    WHEN ending IN ('closed together', 'ended early') THEN 'ended'
    ELSE COALESCE(next_meeting, 'not said')
  END AS label,
  COUNT(*) AS pairs
FROM per_pair
GROUP BY 1

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
SELECT COALESCE(ending, 'not said') AS label, COUNT(*) AS pairs FROM per_pair GROUP BY 1

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

-- name: months
SELECT
  CAST(EXTRACT(YEAR FROM held_on) * 100 + EXTRACT(MONTH FROM held_on) AS VARCHAR) AS label,
  COUNT(DISTINCT CONCAT(COALESCE(programme, ''), ' ', pair)) AS pairs
FROM facts
WHERE held_on IS NOT NULL
GROUP BY 1

-- name: silent
SELECT pair AS label, days_since AS days
FROM per_pair
WHERE days_since > 60 AND ending = 'going on'
ORDER BY days_since DESC, pair

-- name: perhaps_ended
SELECT pair AS label, days_since AS days
FROM per_pair
WHERE days_since > 60 AND ending IS NULL
ORDER BY days_since DESC, pair

-- name: asked
SELECT pair AS label, 1 AS pairs FROM per_pair WHERE contact_us = 1 ORDER BY pair
