import type { Requirement } from './requirement.ts'

export const drivePlanning: Requirement[] = [
  {
    id: 'DRIVE-VEHICLE-01',
    source: 'docs/design/drive.md#vehicle',
    behaviour:
      'The four-wheel vehicle is symmetrical and drives both ways; its turning circles front-steered, in counter-phase and in crab are those of the closed forms.',
  },
  {
    id: 'DRIVE-VEHICLE-02',
    source: 'docs/design/drive.md#vehicle',
    behaviour:
      'Drive, brakes and steering act after their delay, at a limited rate, within their range and what the road holds.',
  },
  {
    id: 'DRIVE-STACK-01',
    source: 'docs/design/drive.md#the-loop',
    behaviour:
      'A stack is perception, prediction, planning and safety behind an interface each; perception of the truth tells agents as they are, and predictions carry them on.',
  },
  {
    id: 'DRIVE-PLAN-01',
    source: 'docs/design/drive.md#planning',
    behaviour:
      'The predictive planner follows, brakes for who cuts in within comfort, drives round what stands in its lane where there is room, and is the same to the last bit every time.',
  },
  {
    id: 'DRIVE-SAFETY-01',
    source: 'docs/design/drive.md#planning; https://arxiv.org/abs/1708.06374',
    behaviour:
      'The safety layer gives the proper response of RSS to traffic of the same direction, names it, and leaves a safe command alone.',
  },
  {
    id: 'DRIVE-SAFETY-02',
    source: 'docs/design/drive.md#planning',
    behaviour:
      'The emergency brake acts when a collision ahead could not be avoided by braking later, and not for what is passed.',
  },
  {
    id: 'DRIVE-DRIVER-01',
    source: 'docs/design/drive.md#your-own-driver',
    behaviour:
      'A program of any language drives by a documented protocol of lines of JSON over its standard input and output.',
  },
  {
    id: 'DRIVE-DRIVER-02',
    source: 'docs/design/drive.md#your-own-driver',
    behaviour:
      'A program that ends, hangs, answers nonsense or cannot be started makes a failed run with the reason; a run never hangs.',
  },
  {
    id: 'DRIVE-DRIVER-03',
    source: 'docs/design/drive.md#clearance',
    behaviour:
      'Versions of the user come from drive.versions.json beside the configuration; what is wrong in it is refused by its place.',
  },
  {
    id: 'DRIVE-DRIVER-04',
    source: 'docs/design/drive.md#your-own-driver',
    behaviour: 'A module that exports createDriver drives in process; what it throws is a failed run.',
  },
  {
    id: 'DRIVE-PLAN-02',
    source: 'docs/design/drive.md#planning',
    behaviour:
      'The project’s own stack meets the criteria of every built-in scenario with its usual values: turns, crosswalks, walkers, sirens, double-parked cars, lights, stops, night and rain.',
  },
  {
    id: 'DRIVE-EVAL-01',
    source: 'docs/design/drive.md#evals',
    behaviour:
      'The closed-loop score is built as nuPlan’s, and the stack clearly beats the IDM driver on the same cases.',
  },
  {
    id: 'DRIVE-PLAN-03',
    source: 'docs/design/drive.md#planning',
    behaviour: 'A second planner samples quintics and quartics in the route’s coordinates.',
  },
]
