import type { Requirement } from './requirement.ts'

export const liveInsights: Requirement[] = [
  {
    id: 'LIVE-LEARN-01',
    source: 'docs/decisions/0021-small-models.md',
    behaviour:
      'Boosted trees learn interactions, and a prediction never falls in a column that was declared to rise it.',
  },
  {
    id: 'LIVE-LEARN-02',
    source: 'docs/decisions/0021-small-models.md',
    behaviour: 'The same data, options and seed give the same model, bit for bit.',
  },
  {
    id: 'LIVE-LEARN-03',
    source: 'docs/decisions/0021-small-models.md',
    behaviour:
      'Weights answer a game that was trained on only by the model that never saw it, and any other game by the mean of all models.',
  },
  {
    id: 'LIVE-LEARN-04',
    source: 'docs/decisions/0021-small-models.md',
    behaviour:
      'A training report names its data by kind, count, size and a hash that does not depend on file names.',
  },
  {
    id: 'LIVE-LEARN-05',
    source: 'systems/live/README.md',
    behaviour:
      'Each kind of insight has words, one rule that says it and, where the rule has models, their training, weights and report; rules and graphics know no other kinds.',
  },
  {
    id: 'LIVE-WIN-01',
    source: 'docs/design/live.md#insights',
    behaviour: 'The home side’s chance to win never falls as it leads by more, in any situation.',
  },
  {
    id: 'LIVE-WIN-02',
    source: 'docs/design/live.md#insights',
    behaviour:
      'Win probability moves with a score at once, says each play once, and is settled only by a feed that says who won.',
  },
  {
    id: 'LIVE-WIN-03',
    source: 'docs/design/live.md#insights',
    behaviour:
      'In the last five minutes the plays left are said with an interval and with what the side behind needs, and counted against the plays that came.',
  },
  {
    id: 'LIVE-WIN-04',
    source: 'docs/design/live.md#insights',
    behaviour: 'Every lead change in the clutch is a key moment.',
  },
  {
    id: 'LIVE-FUEL-01',
    source: 'docs/design/live.md#insights',
    behaviour:
      'Fuel burnt is estimated from engine speed and throttle alone, with an interval; what fuel is known sharpens it to the car’s own engine, also one that no weights have seen.',
  },
  {
    id: 'LIVE-FUEL-02',
    source: 'docs/design/live.md#evals',
    behaviour:
      'The burn model is trained by command, the same bytes from the same files; a run is scored by weights that did not see it, and refuelling within a run is told from burning.',
  },
  {
    id: 'LIVE-TRACKING-03',
    source: 'docs/design/live.md#insights',
    behaviour:
      'What the models of a tracked play see does not depend on the direction of play, and before the snap on nothing that comes later.',
  },
  {
    id: 'LIVE-TRACKING-04',
    source: 'docs/design/live.md#evals',
    behaviour:
      'A defender counts as a rusher when he is half a yard past the snap spot within 3 s of the snap and before throw or sack.',
  },
  {
    id: 'LIVE-TRACKING-05',
    source: 'docs/design/live.md#insights',
    behaviour:
      'A defensive alert rings a likely rusher before the snap; its last word at the snap is scored, with the lead of the first, and the play brings its outcome.',
  },
  {
    id: 'LIVE-TRACKING-06',
    source: 'docs/design/live.md#insights',
    behaviour:
      'Coverage is told as man or zone with its schemes before the snap and until 3 s after it or the throw.',
  },
  {
    id: 'LIVE-TRACKING-07',
    source: 'docs/design/live.md#insights',
    behaviour:
      'Pressure names who gets there first; pocket health never rises as a rusher comes nearer, sooner or faster; the time left to throw is an interval that is scored once.',
  },
  {
    id: 'LIVE-FUEL-03',
    source: 'docs/design/live.md#insights',
    behaviour:
      'Every car of a race has fuel left, laps to empty, a pit window and whether it makes the end, with intervals that hold the hidden truth; without engine channels from laps and stops, wider. Stops that tell litres score it.',
  },
  {
    id: 'LIVE-FUEL-04',
    source: 'docs/design/live.md#insights',
    behaviour:
      'A car’s burn bar is revised at most once a second and only when it moved; its state survives a snapshot without changing a word.',
  },
  {
    id: 'LIVE-WIN-05',
    source: 'docs/design/live.md#insights',
    behaviour:
      'How strong two sides are comes from results before the game alone: ratings with margins, home field and rest, which every match gets at ingest; a betting line that a feed gives goes before it.',
  },
  {
    id: 'LIVE-WIN-06',
    source: 'docs/design/live.md#insights',
    behaviour:
      'What a side needs is said after every play to the end, with an onside kick or a takeaway where the clock asks for one, and is taken back when the game is over.',
  },
  {
    id: 'LIVE-WIN-07',
    source: 'docs/design/live.md#evals',
    behaviour:
      'Evals score what the live processor shows over files, by season; statements drawn from replays are checked against the files by a reader of its own.',
  },
  {
    id: 'LIVE-FUEL-05',
    source: 'docs/design/live.md#insights',
    behaviour:
      'What nobody knows of a car is in its interval: a measured model in another build is wider than in its own, a car that was never measured starts from tank, cylinders, redline and lap time, and a lap or a fill overrules all of it.',
  },
  {
    id: 'LIVE-FUEL-06',
    source: 'docs/design/live.md#insights',
    behaviour:
      'A tank is never taken as full: a gauge that the feed carries is used, a race’s start is nearly full, and anything else is unknown; each car says what its fuel rests on, how many stops it takes to the end and what saving would spare.',
  },
  {
    id: 'LIVE-TRACKING-08',
    source: 'docs/design/live.md#evals',
    behaviour:
      'Who of the rushers gets to the passer is told as the play runs, from where he is to passer and blocker, left and right alike, and scored by the tracking itself.',
  },
  {
    id: 'LIVE-LEARN-06',
    source: 'docs/decisions/0079-alerts-have-a-learned-floor.md',
    behaviour:
      'The floor of a kind’s alerts is learned from outcomes, for each game from other games; it stands only if alerts on games that did not teach it keep what is promised, and each kind has one or says why it has none.',
  },
  {
    id: 'LIVE-LEARN-07',
    source: 'docs/design/live.md#evals',
    behaviour:
      'The interval that is printed beside a calibration error holds the error of very many games as often as it says, also where chances are perfect; every eval over several sources names the worst beside the mean and an interval.',
  },
  {
    id: 'LIVE-TRACKING-09',
    source: 'docs/decisions/0079-alerts-have-a-learned-floor.md',
    behaviour:
      'Who is below the floor of his kind is not called out, and of a kind without a floor nobody is; one look alone never is an alert.',
  },
  {
    id: 'LIVE-GRAPHICS-15',
    source: 'docs/decisions/0079-alerts-have-a-learned-floor.md',
    behaviour:
      'A graphic shows of rushes, coverage and pressure only what was called out, and lets go of what no longer is.',
  },
  {
    id: 'LIVE-FUEL-07',
    source: 'docs/design/live.md#insights',
    behaviour:
      'Of an engine that nobody measured nothing is told before a lap with its gauge or a fill: a guess by tank and cylinders is off by half and more.',
  },
]
