// The SQL of every version of a store.
//
// Days are whole numbers since 1 January 1970, as in `CivilDate`; the first and last day and the label of a period are
// there for people who look into the file with another program.

extension StoreSchema {
  /// Published figures with every vintage, and the imports that brought them.
  static let firstVersion = """
    CREATE TABLE imports (
      id INTEGER PRIMARY KEY,
      file TEXT NOT NULL,
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      layout TEXT NOT NULL,
      child_level INTEGER NOT NULL CHECK (child_level IN (0, 1)),
      rows INTEGER NOT NULL,
      unreadable INTEGER NOT NULL,
      figures INTEGER NOT NULL,
      added INTEGER NOT NULL,
      revised INTEGER NOT NULL,
      unchanged INTEGER NOT NULL,
      superseded INTEGER NOT NULL,
      conflicting INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX imports_by_digest ON imports (sha256);

    CREATE TABLE areas (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      code TEXT,
      number TEXT,
      level TEXT
    ) STRICT;
    CREATE UNIQUE INDEX areas_with_code ON areas (code) WHERE code IS NOT NULL;
    CREATE UNIQUE INDEX areas_without_code ON areas (name, ifnull(number, ''), ifnull(level, ''))
      WHERE code IS NULL;

    CREATE TABLE periods (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      number INTEGER NOT NULL,
      label TEXT NOT NULL,
      first_day INTEGER,
      last_day INTEGER,
      UNIQUE (kind, number)
    ) STRICT;

    CREATE TABLE series (
      id INTEGER PRIMARY KEY,
      identity TEXT NOT NULL UNIQUE,
      area INTEGER NOT NULL REFERENCES areas (id),
      measure TEXT NOT NULL,
      measure_name TEXT,
      given_id TEXT,
      polarity TEXT CHECK (polarity IN ('higherIsBetter', 'lowerIsBetter', 'neutral')),
      unit TEXT NOT NULL CHECK (unit IN
        ('count', 'rate', 'proportion', 'percentage', 'pounds', 'weeks', 'score', 'other')),
      unit_per REAL CHECK ((unit_per IS NOT NULL) = (unit = 'rate')),
      unit_name TEXT CHECK ((unit_name IS NOT NULL) = (unit = 'other')),
      import INTEGER NOT NULL REFERENCES imports (id)
    ) STRICT;

    CREATE TABLE breakdowns (
      series INTEGER NOT NULL REFERENCES series (id),
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (series, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE vintages (
      series INTEGER NOT NULL REFERENCES series (id),
      period INTEGER NOT NULL REFERENCES periods (id),
      revision INTEGER NOT NULL CHECK (revision >= 1),
      known_from INTEGER,
      state TEXT NOT NULL CHECK (state IN ('value', 'c', 'low', 'x', 'z')),
      value REAL CHECK ((value IS NOT NULL) = (state = 'value')),
      lower REAL,
      upper REAL CHECK ((lower IS NULL AND upper IS NULL) OR (state = 'c' AND lower <= upper)),
      numerator REAL,
      denominator REAL,
      lower_limit REAL,
      upper_limit REAL CHECK ((lower_limit IS NULL AND upper_limit IS NULL) OR lower_limit <= upper_limit),
      rounding REAL CHECK (rounding > 0),
      flags INTEGER NOT NULL CHECK (flags BETWEEN 0 AND 255),
      published INTEGER,
      published_approximate INTEGER CHECK ((published_approximate IS NULL) = (published IS NULL)),
      note TEXT,
      style INTEGER NOT NULL,
      import INTEGER NOT NULL REFERENCES imports (id),
      row INTEGER NOT NULL,
      source TEXT,
      PRIMARY KEY (series, period, revision)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE confirmations (
      series INTEGER NOT NULL REFERENCES series (id),
      period INTEGER NOT NULL REFERENCES periods (id),
      known_from INTEGER NOT NULL,
      approximate INTEGER NOT NULL,
      import INTEGER NOT NULL REFERENCES imports (id),
      row INTEGER NOT NULL,
      PRIMARY KEY (series, period, known_from)
    ) STRICT, WITHOUT ROWID;
    """

  /// Forecasts and plans with what they were made from, and a view of the figures for people.
  static let secondVersion = """
    CREATE TABLE runs (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('forecasts', 'plan')),
      manifest TEXT NOT NULL
    ) STRICT;

    CREATE TABLE forecasts (
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES runs (id),
      series TEXT NOT NULL,
      area TEXT,
      model TEXT NOT NULL,
      as_of INTEGER,
      origin INTEGER NOT NULL REFERENCES periods (id),
      step INTEGER NOT NULL CHECK (step >= 1),
      period INTEGER NOT NULL REFERENCES periods (id),
      style INTEGER NOT NULL,
      mean REAL NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX forecasts_once ON forecasts (run, series, ifnull(area, ''), model, origin, step);

    CREATE TABLE quantiles (
      forecast INTEGER NOT NULL REFERENCES forecasts (id),
      probability REAL NOT NULL CHECK (probability > 0 AND probability < 1),
      value REAL NOT NULL,
      PRIMARY KEY (forecast, probability)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE plan_quantities (
      run INTEGER NOT NULL REFERENCES runs (id),
      position INTEGER NOT NULL,
      scenario TEXT NOT NULL,
      service TEXT NOT NULL,
      year TEXT NOT NULL,
      kind TEXT NOT NULL,
      quantity TEXT NOT NULL,
      mean REAL,
      p2_5 REAL,
      p10 REAL,
      p50 REAL,
      p90 REAL,
      p97_5 REAL,
      PRIMARY KEY (run, position)
    ) STRICT, WITHOUT ROWID;

    CREATE VIEW figures AS
      SELECT series.measure, areas.name AS area, areas.code AS area_code, periods.label AS period,
        CASE vintages.state WHEN 'value' THEN vintages.value ELSE vintages.state END AS value,
        vintages.lower, vintages.upper, vintages.numerator, vintages.denominator, vintages.rounding,
        date(vintages.published * 86400, 'unixepoch') AS published, imports.file, vintages.row
      FROM vintages
        JOIN series ON series.id = vintages.series
        JOIN areas ON areas.id = series.area
        JOIN periods ON periods.id = vintages.period
        JOIN imports ON imports.id = vintages.import
      WHERE NOT EXISTS (
        SELECT 1 FROM vintages AS later
        WHERE later.series = vintages.series AND later.period = vintages.period
          AND (ifnull(later.known_from, -9223372036854775808), later.revision)
            > (ifnull(vintages.known_from, -9223372036854775808), vintages.revision));
    """
}
