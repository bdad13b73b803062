import type { Requirement } from './requirement.ts'

export const liveScreen: Requirement[] = [
  {
    id: 'LIVE-GRAPHICS-01',
    source: 'EBU OGraf 1, Manifest Model; GDD',
    behaviour:
      'Each graphic has a manifest that is valid OGraf, and an example of its data that its own schema accepts.',
  },
  {
    id: 'LIVE-GRAPHICS-02',
    source: 'EBU OGraf 1, Web Component Interface; EBU R 95',
    behaviour:
      'A renderer that knows only OGraf can load each graphic, play its steps, update and stop it: nothing is painted before play or after stop, and on air nothing outside of the title-safe area.',
  },
  {
    id: 'LIVE-GRAPHICS-03',
    source: 'Design: On the screen',
    behaviour:
      'A graphic stands whatever data it is sent: with none, with fields missing or of the wrong type.',
  },
  {
    id: 'LIVE-GRAPHICS-04',
    source: 'EBU OGraf 1, Real-time vs. non-real-time',
    behaviour:
      'In post-production the picture at a time follows from the schedule alone, in any order of asking.',
  },
  {
    id: 'LIVE-GRAPHICS-05',
    source: 'Design: On the screen',
    behaviour:
      'A graphic shows only figures that were sent: none is counted through on the way from one to the next.',
  },
]
