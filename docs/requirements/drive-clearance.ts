import type { Requirement } from './requirement.ts'

export const driveClearance: Requirement[] = [
  {
    id: 'DRIVE-REF-01',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'Reference drivers react as the regulation and the papers say: what they perceive, after which delay, how hard they brake.',
  },
  {
    id: 'DRIVE-REF-02',
    source: 'docs/design/drive.md#numbers',
    behaviour:
      'In the cut-in sweeps of UN R157 each reference driver collides as often as published, to 1 % of the cases.',
  },
  {
    id: 'DRIVE-REF-03',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'The reference driver and the baseline keep the rules of the road: stop signs, lights, crosswalks, and who comes first at junctions.',
  },
  {
    id: 'DRIVE-STAT-01',
    source: 'docs/design/drive.md#clearance',
    behaviour: 'A rate has the exact upper bound of Clopper and Pearson, at any count.',
  },
  {
    id: 'DRIVE-STAT-02',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'The rate of the domain weighs classes by their exposure, with a bound that holds for small counts, and has none while a class was never run.',
  },
  {
    id: 'DRIVE-STAT-03',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'Cases that were sampled otherwise than they occur are reweighted, with their effective sample size; what a search found does not count.',
  },
  {
    id: 'DRIVE-STAT-04',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'A sequential test may be looked at after every case, keeps its error rates, and says why it stopped.',
  },
  {
    id: 'DRIVE-STAT-05',
    source: 'docs/design/drive.md#clearance',
    behaviour: 'Two versions are compared on the same cases by an exact paired test.',
  },
  {
    id: 'DRIVE-FIGURE-01',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'Time to collision and the moment of an impact are exact for oriented bodies at constant velocity.',
  },
  {
    id: 'DRIVE-FIGURE-02',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'A run says how close it came: time to collision, deceleration to avoid a crash, post-encroachment time, and nothing where there was no conflict.',
  },
  {
    id: 'DRIVE-FIGURE-03',
    source: 'docs/design/drive.md#clearance',
    behaviour: 'A run says for how long it kept less than the distances of RSS, longitudinal and lateral.',
  },
  {
    id: 'DRIVE-CLEAR-01',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'A failed case is driven again by the reference driver; a failure that it avoids is a blocker.',
  },
  {
    id: 'DRIVE-CLEAR-02',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'A report shows which cells of the operational domain were driven and which were not, and where in the parameters runs failed.',
  },
  {
    id: 'DRIVE-CLEAR-03',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'A version is cleared only when every case was run and the bound of each class is within its limit; what was run too seldom is not.',
  },
  {
    id: 'DRIVE-CLEAR-04',
    source: 'docs/design/drive.md#clearance',
    behaviour: 'One blocker stands in the way of clearance, at any rate of failures.',
  },
  {
    id: 'DRIVE-CLEAR-05',
    source: 'docs/design/drive.md#clearance',
    behaviour: 'A version that breaks cases which the version before passed is not cleared beyond chance.',
  },
  {
    id: 'DRIVE-CLEAR-06',
    source: 'docs/design/drive.md#clearance',
    behaviour: 'Failures that a search found are told and may block, and never count toward a rate.',
  },
  {
    id: 'DRIVE-CLEAR-07',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'The report is one HTML file that needs nothing else, and makes claims with evidence, not statements of compliance.',
  },
  {
    id: 'DRIVE-CLEAR-08',
    source: 'docs/design/drive.md#clearance',
    behaviour: 'A clearance gives the same report on any number of workers and after a stop.',
  },
  {
    id: 'DRIVE-CLEAR-12',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'A failure has a severity, with limits of its own where they are given; what another did to a standing, crawling or followed car ends a run and is no failure, unless it had braked hard for nobody.',
  },
  {
    id: 'DRIVE-CLEAR-13',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'There are three verdicts: cleared and not cleared where it is shown, undecided where more cases would tell, and how many.',
  },
  {
    id: 'DRIVE-CLEAR-14',
    source: 'docs/design/drive.md#clearance',
    behaviour: 'The report lists failures worst first, and a replay opens just before the failure.',
  },
  {
    id: 'DRIVE-CLEAR-15',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'Before it begins, a clearance says which classes cannot reach a verdict, how many cases would do, and how long it takes; a suite that shares its cases out gives each class enough.',
  },
  {
    id: 'DRIVE-CLEAR-16',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'A comparison with the version before finds faults that are planted in the stack, and no neutral change.',
  },
  {
    id: 'DRIVE-CLEAR-11',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'A verdict says in one sentence what it rests on or what is missing; where only cases are missing, how many more would show which rate.',
  },
]
