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
    id: 'DRIVE-PLAN-04',
    source: 'docs/design/drive.md#planning',
    behaviour:
      'The planner brakes as mildly, and as slowly rising, as is enough to stay behind what is ahead, up to what the road holds.',
  },
  {
    id: 'DRIVE-PLAN-05',
    source: 'docs/design/drive.md#planning',
    behaviour:
      'With its sensors the stack meets cases that it once failed: who brakes stays where they stand, sirens round corners, cars that turn across, walkers and dogs that turn back, junctions that are left free.',
  },
  {
    id: 'DRIVE-PLAN-06',
    source: 'docs/design/drive.md#planning',
    behaviour:
      'The route’s map says where junctions are, whether a light lets the route in, and whether others have the right of way without one.',
  },
  {
    id: 'DRIVE-PLAN-07',
    source: 'docs/design/drive.md#planning',
    behaviour: 'A decision to go on at amber ends at red where the vehicle was held up before the line.',
  },
  {
    id: 'DRIVE-PLAN-08',
    source: 'docs/design/drive.md#planning',
    behaviour:
      'Where one waits for somebody who crosses is told between the moments that are predicted, so that it stays where it is while they come nearer.',
  },
  {
    id: 'DRIVE-PLAN-09',
    source: 'docs/design/drive.md#planning',
    behaviour:
      'At an amber light one stops where that is comfortable, the time in which brakes build up counted; where it is not and one is across soon, one goes on.',
  },
  {
    id: 'DRIVE-PLAN-10',
    source: 'docs/design/drive.md#planning',
    behaviour:
      'A planned stop begins and ends softly; only what cannot be avoided otherwise is braked for harder.',
  },
  {
    id: 'DRIVE-PLAN-11',
    source: 'docs/design/drive.md#planning',
    behaviour:
      'Who goes straight on where the route turns crosses its way, however small the angle at which they come in; who changes lane or goes ahead does not.',
  },
  {
    id: 'DRIVE-PLAN-12',
    source: 'docs/design/drive.md#planning',
    behaviour:
      'For who comes the other way and may turn across, who comes in the own lane, and who is about to walk into it, one slows down while that is still comfortable.',
  },
  {
    id: 'DRIVE-PLAN-13',
    source: 'docs/design/drive.md#planning',
    behaviour:
      'Who drives the other way along the road keeps along it: what is seen of them sideways is part of a change of lane, and ends.',
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
      'A program of any language drives by a documented protocol over its standard input and output, in lines of JSON or binary frames.',
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
    id: 'DRIVE-DRIVER-05',
    source: 'systems/drive/DRIVERS.md#frames',
    behaviour:
      'A program is asked for all runs under way in one frame; every run is the same to the last bit as by itself.',
  },
  {
    id: 'DRIVE-DRIVER-06',
    source: 'systems/drive/DRIVERS.md#what-can-go-wrong',
    behaviour:
      'A program that dies, hangs, answers garbage or twice in one of many cases fails that case, by its name, and no other.',
  },
  {
    id: 'DRIVE-DRIVER-07',
    source: 'systems/drive/DRIVERS.md#what-a-driver-is-told',
    behaviour:
      'The documented fields, units, words and picture of an observation are those that are sent; the Python package knows the same.',
  },
  {
    id: 'DRIVE-DRIVER-08',
    source: 'systems/drive/python/README.md',
    behaviour: 'A Python class drives a clearance; the ten lines of the README work as they stand.',
  },
  {
    id: 'DRIVE-DRIVER-09',
    source: 'systems/drive/python/README.md#environments',
    behaviour:
      'A Python program owns simulations as environments, several at a time: the same commands make the same runs to the last bit as a driver that gives them.',
  },
  {
    id: 'DRIVE-DRIVER-10',
    source: 'systems/drive/README.md#your-own-driver',
    behaviour:
      'drive versions says where versions are looked for, what is there and how to begin; an error in the file names line and column.',
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
