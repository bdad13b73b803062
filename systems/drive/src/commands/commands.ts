import type { Command, CompleteWord } from '@heavylift/core'

const versionWords: CompleteWord = async (input) => (await import('./complete.ts')).completeVersion(input)
const suiteWords: CompleteWord = async () => (await import('./complete.ts')).completeSuite()
const scenarioWords: CompleteWord = async () => (await import('./complete.ts')).completeScenario()
const clearanceWords: CompleteWord = async (input) => (await import('./complete.ts')).completeClearance(input)

const searched = {
  flags: '--maps <folder>',
  summary:
    'Below it, roads and catalogs are looked for that are not where the scenario says. Several with commas; an .xodr file is the roads of every scenario that has none.',
}

/** How a scenario's file is read. */
const reading = [
  searched,
  {
    flags: '--lenient',
    summary:
      'Leaves out what is not supported and says so, where a file would be refused; such a run clears nothing.',
  },
]

export const commands: Command[] = [
  {
    name: 'run',
    summary: 'Runs an OpenSCENARIO file or a built-in scenario without a picture, and says how it ended.',
    args: [
      {
        name: 'scenario',
        summary:
          'An .xosc file, the name of a built-in scenario, or an .xodr file, along whose roads a car drives.',
        complete: scenarioWords,
      },
    ],
    options: [
      {
        flags: '--version <version>',
        summary: 'The version that drives the vehicle under test. Default: what the file says, or idm.',
        complete: versionWords,
      },
      { flags: '--seed <number>', summary: 'Seed of everything random. Default 1.' },
      { flags: '--set <name=value,…>', summary: 'Parameters of the scenario.' },
      ...reading,
    ],
    no: 'the run fails a criterion, or was read leniently and differs from its file',
    run: async (input) => (await import('./run.ts')).runScenario(input),
  },
  {
    name: 'clear',
    summary:
      'Runs a suite with a version on all cores (or Slurm), and writes a clearance report: cleared or not, and why. The same command goes on where it was stopped.',
    args: [{ name: 'version', summary: 'The version to be cleared.', complete: versionWords }],
    options: [
      {
        flags: '--suite <suite>',
        summary:
          'Name of a suite, a file that makes one, or a folder, whose scenarios are one. Default: built-in.',
        complete: suiteWords,
      },
      {
        flags: '--cases <number>',
        summary: 'How many cases to draw, where the suite draws. Default: as the suite says.',
      },
      { flags: '--seed <number>', summary: 'Seed of the draws. Default 1.' },
      {
        flags: '--against <version>',
        summary: 'Another version to compare with on the same cases, as the one before.',
        complete: versionWords,
      },
      {
        flags: '--reference <version>',
        summary: 'The version that judges failures; none for nobody. Default: competent-human.',
        complete: versionWords,
      },
      {
        flags: '--limit <rates>',
        summary:
          'Largest rate of failures: 0.05; class=0.01 for one class; collision=0.001 for one severity (collision, breakdown, rule, progress, comfort); class/severity=0.0005 for both.',
      },
      searched,
      { flags: '--slurm', summary: 'On the configured cluster.' },
    ],
    no: 'the version is not cleared, with 6 when the cases are too few to tell',
    run: async (input) => (await import('./clear.ts')).runClear(input),
  },
  {
    name: 'replay',
    summary:
      'Runs a case of a clearance once more, says whether it is the same run, and shows it in the console.',
    args: [{ name: 'case', summary: 'Its id, as the report names it.' }],
    options: [
      {
        flags: '--clearance <id>',
        summary: 'Folder below clearances. Default: the newest that has the case.',
        complete: clearanceWords,
      },
      { flags: '--version <version>', summary: 'Another version in its place.', complete: versionWords },
      { flags: '--no-view', summary: 'Only run it.' },
    ],
    no: 'the run is not the same as in the clearance',
    run: async (input) => (await import('./replay.ts')).runReplay(input),
  },
  {
    name: 'view',
    summary:
      'Runs an OpenSCENARIO file or a built-in scenario and shows it in the console of the running server.',
    args: [
      {
        name: 'scenario',
        summary:
          'An .xosc file, the name of a built-in scenario, or an .xodr file, along whose roads a car drives.',
        complete: scenarioWords,
      },
    ],
    options: [
      {
        flags: '--version <version>',
        summary: 'The version that drives the vehicle under test. Default: what the file says, or idm.',
        complete: versionWords,
      },
      { flags: '--seed <number>', summary: 'Seed of everything random. Default 1.' },
      { flags: '--set <name=value,…>', summary: 'Parameters of the scenario.' },
      ...reading,
    ],
    run: async (input) => (await import('./view.ts')).runView(input),
  },
  {
    name: 'search',
    summary:
      'Looks for parameters of a built-in scenario with which a version fails, and writes them as a suite.',
    args: [{ name: 'scenario', summary: 'The name of a built-in scenario.', complete: scenarioWords }],
    options: [
      { flags: '--version <version>', summary: 'The version to test. Default idm.', complete: versionWords },
      { flags: '--budget <runs>', summary: 'How many runs it may take. Default 500.' },
      { flags: '--seed <number>', summary: 'Seed of the search. Default 1.' },
      { flags: '--collisions', summary: 'Only collisions count, not other criteria.' },
      { flags: '--random', summary: 'Samples at random instead, for comparison.' },
      {
        flags: '--out <file>',
        summary:
          'Where the suite of failures goes. Default <scenario>-failures.json. Its cases have weight 0: they count toward no rate.',
      },
      {
        flags: '--samples <file>',
        summary: 'Writes all samples with their importance weights as a suite too.',
      },
    ],
    run: async (input) => (await import('./search.ts')).runSearch(input),
  },
  {
    name: 'record',
    summary: 'Runs a scenario and writes all that happened as an MCAP log with Foxglove schemas.',
    args: [
      {
        name: 'scenario',
        summary:
          'An .xosc file, the name of a built-in scenario, or an .xodr file, along whose roads a car drives.',
        complete: scenarioWords,
      },
    ],
    options: [
      {
        flags: '--version <version>',
        summary: 'The version that drives. Default: what the file says, or idm.',
        complete: versionWords,
      },
      { flags: '--seed <number>', summary: 'Seed of everything random. Default 1.' },
      { flags: '--set <name=value,…>', summary: 'Parameters of the scenario.' },
      ...reading,
      { flags: '--out <file>', summary: 'Where the log goes. Default run.mcap.' },
    ],
    run: async (input) => (await import('./record.ts')).runRecord(input),
  },
  {
    name: 'mine',
    summary:
      'Finds cut-ins, hard brakes, near misses and occluded pedestrians in a log, and writes each as an OpenSCENARIO file that run and clear take.',
    args: [
      {
        name: 'log',
        summary:
          'An .mcap file (ours, or JSON, protobuf or ROS 2 CDR with objects), an OSI trace (.osi), a .csv file (time,name,x,y,…; esmini’s too), or a CommonRoad scene (.xml).',
      },
    ],
    options: [
      { flags: '--out <dir>', summary: 'Where the scenarios go. Default mined.' },
      {
        flags: '--ego <name>',
        summary: 'Whose drive it was. Default: the host vehicle of the log, Ego, else the first in the log.',
      },
      {
        flags: '--topics <names>',
        summary:
          'Of an .mcap file, the topics whose objects are taken, with commas. Default: the one with most.',
      },
      { flags: '--roads <file>', summary: 'OpenDRIVE file of the roads, where the log has none.' },
      {
        flags: '--columns <names>',
        summary:
          'Names of a table’s columns where they are others: time=T,name=ID,x=PX,y=PY and heading, speed, acceleration, kind, length, width, height.',
      },
    ],
    run: async (input) => (await import('./mine.ts')).runMine(input),
  },
  {
    name: 'versions',
    summary:
      'What can drive: the versions that are built in and those of drive.versions.json, where that file is looked for and what it holds.',
    options: [
      {
        flags: '--init',
        summary:
          'Writes a drive.versions.json with an example of each kind, and a driver in Python to begin with.',
      },
    ],
    run: async (input) => (await import('./versions.ts')).runVersions(input),
  },
  {
    name: 'worlds',
    summary:
      'Runs scenarios for a program that drives them from outside, by frames over standard input and output: what the Python package starts.',
    run: async (input) => (await import('./worlds.ts')).runWorlds(input),
  },
  {
    name: 'formats',
    summary:
      'What is read of the standards: every element and attribute is used, without effect here, or refused. With a file: what is wrong with it, each with its place; with a folder: which of its files are read, and why the others are not.',
    args: [
      {
        name: 'file',
        optional: true,
        summary:
          'An .xodr or .xosc file, a folder of them, or the name of a standard: opendrive, openscenario. Default: a summary.',
      },
    ],
    options: [searched],
    no: 'the file, or one of the folder, is refused',
    run: async (input) => (await import('./formats.ts')).runFormats(input),
  },
  {
    name: 'train',
    summary: 'Trains a model on made traffic and writes its weights and report. Models: prediction.',
    args: [{ name: 'model', summary: 'Which model: prediction.' }],
    options: [{ flags: '--out <dir>', summary: "Where to write. Default: the system's own weights folder." }],
    run: async (input) => (await import('./train.ts')).runTrain(input),
  },
]
