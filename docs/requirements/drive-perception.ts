import type { Requirement } from './requirement.ts'

export const drivePerception: Requirement[] = [
  {
    id: 'DRIVE-SENSE-01',
    source: 'docs/design/drive.md#perception',
    behaviour:
      'A body hides what is behind it from a sensor, whole or in part by width and height; nothing outside its field of view is seen.',
  },
  {
    id: 'DRIVE-SENSE-02',
    source: 'docs/design/drive.md#perception',
    behaviour:
      'Every sensor scans at its own rate and phase, with the errors that it states; the same seed gives the same detections.',
  },
  {
    id: 'DRIVE-SENSE-03',
    source: 'docs/design/drive.md#perception',
    behaviour:
      'Darkness blinds cameras outside of the headlights, where heat still shows people; fog takes away what needs light, rain brings false alarms.',
  },
  {
    id: 'DRIVE-SENSE-04',
    source: 'docs/design/drive.md#perception',
    behaviour: 'Radar measures radial speed over ground.',
  },
  {
    id: 'DRIVE-SENSE-05',
    source: 'docs/design/drive.md#perception',
    behaviour: 'Microphones hear a siren round corners, and tell its direction only.',
  },
  {
    id: 'DRIVE-TRACK-01',
    source: 'docs/design/drive.md#perception',
    behaviour:
      'Detections are shared out among tracks with the probabilities of all joint associations, exactly where they do not compete in circles.',
  },
  {
    id: 'DRIVE-TRACK-02',
    source: 'docs/design/drive.md#perception',
    behaviour: 'A track is followed as driving on, turning or stopped, whichever its motion shows.',
  },
  {
    id: 'DRIVE-TRACK-03',
    source: 'docs/design/drive.md#perception',
    behaviour:
      'What is there is found within a second with place, speed, kind and size, keeps its id while it is hidden, and is given up when it is gone; false alarms make next to no tracks.',
  },
  {
    id: 'DRIVE-TRACK-04',
    source: 'docs/design/drive.md#perception',
    behaviour: 'A siren is told by its direction before its vehicle is seen, and given to the vehicle then.',
  },
  {
    id: 'DRIVE-TRACK-05',
    source: 'docs/design/drive.md#evals',
    behaviour:
      'GOSPA, HOTA, id switches and the consistency of covariances are as their papers define them, by hand-worked cases.',
  },
  {
    id: 'DRIVE-TRACK-06',
    source: 'docs/design/drive.md#evals',
    behaviour:
      'The tracking eval runs tracker and baseline over the same detections of seeds on which nothing was tuned, and gives the same figures every time.',
  },
  {
    id: 'DRIVE-TRACK-07',
    source: 'docs/design/drive.md#perception',
    behaviour:
      'A track whose kind turns out to be another has the size that fits it: who walks is no longer as long as a car.',
  },
  {
    id: 'DRIVE-TRACK-08',
    source: 'docs/design/drive.md#perception',
    behaviour:
      'The direction of a moving body is told by its boxes and by its motion, each as sure as it is.',
  },
  {
    id: 'DRIVE-PREDICT-01',
    source: 'docs/design/drive.md#prediction',
    behaviour:
      'A vehicle has up to six ways with probabilities that add up to one: along the lanes that follow with each turn, held back before stop lines, to the lanes beside, and as now.',
  },
  {
    id: 'DRIVE-PREDICT-02',
    source: 'docs/design/drive.md#prediction',
    behaviour:
      'minADE, minFDE, miss rate, brier-minFDE and NLL are as their benchmarks define them, by hand-worked cases.',
  },
  {
    id: 'DRIVE-PREDICT-03',
    source: 'docs/design/drive.md#prediction',
    behaviour:
      'The net is trained from made towns alone, the same bytes for the same seeds, and is scored on towns that it never saw; its gradients are those of its loss.',
  },
  {
    id: 'DRIVE-PREDICT-04',
    source: 'docs/design/drive.md#evals',
    behaviour:
      'On held-out towns the committed net is nearer than constant velocity, constant turn and the lane ways without it, with calibrated probabilities.',
  },
]
