import type { Requirement } from './requirement.ts'

export const drivePerception: Requirement[] = [
  {
    id: 'DRIVE-SENSE-01',
    source: 'drive, perception',
    behaviour:
      'A body hides what is behind it from a sensor, whole or in part by width and height; nothing outside its field of view is seen.',
  },
  {
    id: 'DRIVE-SENSE-02',
    source: 'drive, perception',
    behaviour:
      'Every sensor scans at its own rate and phase, with the errors that it states; the same seed gives the same detections.',
  },
  {
    id: 'DRIVE-SENSE-03',
    source: 'drive, perception',
    behaviour:
      'Darkness blinds cameras outside of the headlights, where heat still shows people; fog takes away what needs light, rain brings false alarms.',
  },
  {
    id: 'DRIVE-SENSE-04',
    source: 'drive, perception',
    behaviour: 'Radar measures radial speed over ground.',
  },
  {
    id: 'DRIVE-SENSE-05',
    source: 'drive, perception',
    behaviour: 'Microphones hear a siren round corners, and tell its direction only.',
  },
]
