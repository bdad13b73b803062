import type { Requirement } from './requirement.ts'

export const driveScenarios: Requirement[] = [
  {
    id: 'DRIVE-LIBRARY-01',
    source: 'docs/design/drive.md#scenario-generation',
    behaviour:
      'Every built-in scenario runs with its usual values and at the corners of its ranges, begins without a collision, and is the same for the same parameters and seed.',
  },
  {
    id: 'DRIVE-LIBRARY-02',
    source: 'docs/design/drive.md#scenario-generation',
    behaviour:
      'Actors follow their scripts from cue to cue; people and cyclists never walk or ride into a body that is already in their way, and followers keep their distance.',
  },
  {
    id: 'DRIVE-CRITERIA-01',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'Criteria on right of way, stop lines, lights, comfort, time to the goal, blocking and emergency vehicles fail when they are broken, and only then.',
  },
  {
    id: 'DRIVE-SUITE-01',
    source: 'docs/design/drive.md#scenario-generation',
    behaviour:
      'A suite makes its cases one by one: case i depends on suite, seed and i alone, ids are unique, and a hundred thousand need no memory.',
  },
  {
    id: 'DRIVE-SUITE-02',
    source: 'docs/design/drive.md#scenario-generation',
    behaviour:
      'A parameter file sweeps values, ranges and distributions by grid, random, Latin or Sobol points under constraints; what is wrong in it is named with its place.',
  },
  {
    id: 'DRIVE-SUITE-03',
    source: 'docs/design/drive.md#scenario-generation',
    behaviour:
      'An OpenSCENARIO variation file is a suite of the combinations that meet the constraints of their scenario; a folder is one of all its scenarios, if all can be read.',
  },
  {
    id: 'DRIVE-SEARCH-01',
    source: 'docs/design/drive.md#scenario-generation',
    behaviour:
      'Adaptive search finds many times the failures that random sampling finds with as many runs, in regions far apart, and the same for the same seed.',
  },
  {
    id: 'DRIVE-SEARCH-02',
    source: 'docs/design/drive.md#scenario-generation',
    behaviour:
      'Samples of a search carry importance weights that give the rate of failures over the ranges; a suite of its failures has weight 0 and counts toward no rate.',
  },
  {
    id: 'DRIVE-LOG-01',
    source: 'docs/design/drive.md#the-loop',
    behaviour:
      'A run becomes an MCAP log with Foxglove schemas, from which the recording comes back with nothing lost.',
  },
  {
    id: 'DRIVE-LOG-02',
    source: 'docs/design/drive.md#the-loop',
    behaviour:
      'Mining finds cut-ins, hard brakes, near misses and occluded pedestrians in logs (MCAP or CSV) by documented thresholds, and nothing in a calm drive.',
  },
  {
    id: 'DRIVE-LOG-03',
    source: 'docs/design/drive.md#the-loop',
    behaviour:
      'An event of a log becomes an OpenSCENARIO file that replays everyone where the log had them, and that a driver can take over.',
  },
  {
    id: 'DRIVE-LOG-04',
    source: 'systems/drive/README.md#scenarios-suites-search-and-logs',
    behaviour:
      'Tables of esmini’s logger and of dat2csv are read as logs; other tables by the names of their columns, which a table that cannot be read lists.',
  },
  {
    id: 'DRIVE-LOG-05',
    source: 'docs/design/drive.md#the-loop',
    behaviour:
      'Every built-in scenario that is run and recorded is mined as a scenario that runs, and its first seconds are those of the log.',
  },
  {
    id: 'DRIVE-LOG-06',
    source: 'systems/drive/README.md#scenarios-suites-search-and-logs',
    behaviour:
      'MCAP files of others are read in protobuf and in ROS 2’s CDR by the schemas that they carry; objects in the vehicle’s own frame are moved by its pose, and the road users of one topic are taken.',
  },
  {
    id: 'DRIVE-LOG-07',
    source: 'systems/drive/README.md#scenarios-suites-search-and-logs',
    behaviour:
      'Traces of ASAM OSI (SensorView and GroundTruth, as .osi or within MCAP) are read as logs of their host vehicle; a file that is none, or ends too early, is refused with the message.',
  },
  {
    id: 'DRIVE-LOG-08',
    source: 'systems/drive/README.md#scenarios-suites-search-and-logs',
    behaviour:
      'What is mined of a log of others runs; a log without road users that can be read says which topics it has.',
  },
]
