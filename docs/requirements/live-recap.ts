import type { Requirement } from './requirement.ts'

const source = 'docs/design/live.md#rapid-recap'

export const liveRecap: Requirement[] = [
  {
    id: 'LIVE-RECAP-01',
    source,
    behaviour:
      'A recap lasts 120 ± 2 s in whole segments of the stream, begins with the opening, tells every period and ends with the newest picture.',
  },
  {
    id: 'LIVE-RECAP-02',
    source,
    behaviour: 'Every lead change in clutch time is in a recap.',
  },
  {
    id: 'LIVE-RECAP-03',
    source,
    behaviour:
      'A recap is never over its time, its cuts are in order and do not overlap, and the same tags and segments give the same recap.',
  },
  {
    id: 'LIVE-RECAP-04',
    source,
    behaviour:
      'Segments of a live playlist get their wall time by EXT-X-PROGRAM-DATE-TIME; keys, maps and byte ranges hold wherever a segment is listed.',
  },
  {
    id: 'LIVE-RECAP-05',
    source,
    behaviour:
      'The recap playlist lists segments of the live stream itself, with EXT-X-DISCONTINUITY and EXT-X-PROGRAM-DATE-TIME at each cut.',
  },
  {
    id: 'LIVE-RECAP-06',
    source,
    behaviour:
      'The recap goes on as the live stream in one playlist, in which a segment keeps its media sequence and discontinuity number on every reload.',
  },
  {
    id: 'LIVE-RECAP-07',
    source,
    behaviour: 'The recap is laid into the live playlist as an interstitial, for players that know them.',
  },
  {
    id: 'LIVE-RECAP-08',
    source,
    behaviour: 'Every rendition of a multivariant stream has its own recap of the same moments.',
  },
  {
    id: 'LIVE-RECAP-09',
    source,
    behaviour: 'Captions tell what is seen and the score, on the time of the recap.',
  },
  {
    id: 'LIVE-RECAP-10',
    source,
    behaviour:
      'Chromium plays the recap with hls.js from its first cut over every border, and goes on into the live stream.',
  },
  {
    id: 'LIVE-RECAP-11',
    source,
    behaviour:
      'The MP4 of a recap lasts as long as the recap and holds the pictures of the stream, not encoded again.',
  },
  {
    id: 'LIVE-RECAP-12',
    source,
    behaviour:
      "Video is fetched from public addresses only, unless the operator's configuration names its origin.",
  },
  {
    id: 'LIVE-RECAP-13',
    source,
    behaviour:
      'A recording on disk, transport stream or MP4, is cut at its key frames to the recap of its match; the pictures stay as they are.',
  },
  {
    id: 'LIVE-RECAP-14',
    source,
    behaviour:
      'Fragmented MP4 and AES-128 segments become an MP4 too; work that is cancelled ends at once, and a failure says what ffmpeg said.',
  },
  {
    id: 'LIVE-RECAP-15',
    source,
    behaviour:
      'The watch page plays recap and live stream, marks the moments on a bar, seeks to them and skips to live; the video may be of another origin.',
  },
  {
    id: 'LIVE-RECAP-16',
    source,
    behaviour:
      'A match without video has its recap too: drawn from the pictures of its feed, cut by cut, and then the match as it is played.',
  },
  {
    id: 'LIVE-RECAP-17',
    source,
    behaviour:
      'ffmpeg reads only what it is handed: a segment is a transport stream or a fragmented MP4 by its first bytes, and nothing that names another file is followed.',
  },
  {
    id: 'LIVE-RECAP-18',
    source,
    behaviour:
      'MP4s are made two at once, others wait in a bounded queue, and their segments go to the disk as they come, up to a bound.',
  },
  {
    id: 'LIVE-RECAP-19',
    source,
    behaviour: 'Every touchdown of the fourth quarter and overtime is in a recap.',
  },
  {
    id: 'LIVE-RECAP-20',
    source,
    behaviour:
      'A recap’s multivariant playlist names bandwidth, size and codecs; where a codec has no known name it names none. The MP4 holds its captions as a track.',
  },
]
