import type { Requirement } from './requirement.ts'

export const liveScreen: Requirement[] = [
  {
    id: 'LIVE-GRAPHICS-01',
    source: 'standard: EBU OGraf 1, Manifest Model; standard: GDD 1',
    behaviour:
      'Each graphic has a manifest that is valid OGraf, and an example of its data that its own schema accepts.',
  },
  {
    id: 'LIVE-GRAPHICS-02',
    source: 'standard: EBU OGraf 1, Web Component Interface; standard: EBU R 95',
    behaviour:
      'A renderer that knows only OGraf can load each graphic, play its steps, update and stop it: nothing is painted before play or after stop, and on air nothing outside of the title-safe area.',
  },
  {
    id: 'LIVE-GRAPHICS-03',
    source: 'docs/design/live.md#on-the-screen',
    behaviour:
      'A graphic stands whatever data it is sent: with none, with fields missing or of the wrong type.',
  },
  {
    id: 'LIVE-GRAPHICS-04',
    source: 'standard: EBU OGraf 1, Real-time vs. non-real-time',
    behaviour:
      'In post-production the picture at a time follows from the schedule alone, in any order of asking.',
  },
  {
    id: 'LIVE-GRAPHICS-05',
    source: 'docs/design/live.md#on-the-screen',
    behaviour:
      'A graphic shows only figures that were sent: none is counted through on the way from one to the next.',
  },
  {
    id: 'LIVE-GRAPHICS-06',
    source: 'docs/design/live.md#on-the-screen',
    behaviour:
      'Insights become the data that a graphic’s schema names; what an insight does not know stays away.',
  },
  {
    id: 'LIVE-GRAPHICS-07',
    source: 'docs/design/live.md#on-the-screen; standard: WCAG 2.2, 1.4.11',
    behaviour:
      'Team colours from data are made to stand out from the panel (3:1), and two sides that look alike are told apart.',
  },
  {
    id: 'LIVE-AIR-01',
    source: 'docs/design/streams.md#active-active',
    behaviour:
      'The air page follows several servers at once: the loss of one loses no insight and shows none twice.',
  },
  {
    id: 'LIVE-AIR-02',
    source: 'docs/design/live.md#on-the-screen',
    behaviour:
      'Without an operator, important insights take their graphics on and time takes them off; two graphics of one region never stand at once.',
  },
  {
    id: 'LIVE-CONTROL-01',
    source: 'docs/design/live.md#control-page',
    behaviour: 'A layer has preview and program, with take, clear, next step, update and auto.',
  },
  {
    id: 'LIVE-CONTROL-02',
    source: 'docs/design/live.md#control-page',
    behaviour: 'What is on air is the last state told, also when states before it were missed or told twice.',
  },
  {
    id: 'LIVE-CONTROL-03',
    source: 'docs/design/live.md#control-page',
    behaviour: 'Layers are kept in the database: they outlive a server, and several servers show the same.',
  },
  {
    id: 'LIVE-GRAPHICS-08',
    source: 'docs/design/live.md#on-the-screen',
    behaviour:
      '`heavylift live graphics` writes a folder that needs no server: it holds every file that its graphics name.',
  },
  {
    id: 'LIVE-EXPORT-01',
    source: 'docs/design/live.md#director',
    behaviour:
      'The insights of a match, with what came of them, are written as CSV and as Parquet with the same columns.',
  },
  {
    id: 'LIVE-WALL-01',
    source: 'docs/design/live.md#director',
    behaviour:
      'What matters now is listed over all live matches: fresh and important moments first, of open matches before decided ones.',
  },
  {
    id: 'LIVE-WALL-02',
    source: 'docs/design/live.md#director',
    behaviour: 'Four matches stand side by side, fed by one stream, each a click from its own page.',
  },
  {
    id: 'LIVE-GRAPHICS-09',
    source: 'docs/design/live.md#on-the-screen',
    behaviour:
      'A graphic has a thumbnail and defaults that another controller shows; without the field that it is about it paints nothing, on air as well.',
  },
  {
    id: 'LIVE-AIR-06',
    source: 'docs/design/live.md#on-the-screen',
    behaviour: 'A line on air has its whole past, also on a page that was opened in mid-game.',
  },
  {
    id: 'LIVE-AIR-03',
    source: 'docs/design/live.md#on-the-screen',
    behaviour:
      'The page for browser sources is transparent but for the graphics that the insights of a match put on it.',
  },
  {
    id: 'LIVE-AIR-04',
    source: 'docs/design/live.md#control-page',
    behaviour:
      'A page that follows a layer shows what the operator takes and nothing else; a graphic without data of its own is fed by the insights.',
  },
  {
    id: 'LIVE-CONTROL-04',
    source: 'standard: GDD 1; docs/design/live.md#control-page',
    behaviour: 'The control page makes a form of any graphic’s data schema, and takes back what it shows.',
  },
  {
    id: 'LIVE-DIRECTOR-01',
    source: 'docs/design/live.md#director',
    behaviour:
      'Between two pictures players move in a straight line, and cars go over the start/finish line the short way; what jumped (a new play) is not drawn as a run.',
  },
  {
    id: 'LIVE-DIRECTOR-02',
    source: 'docs/design/live.md#director',
    behaviour:
      'The play head stands at the newest pictures, or anywhere in what the server keeps: it pauses, plays faster, and goes over to live when it has caught up.',
  },
  {
    id: 'LIVE-DIRECTOR-03',
    source: 'docs/design/live.md#director; standard: NFL Official Playing Rules, Rule 1',
    behaviour:
      'Field, court and track are drawn to scale from the feed’s own coordinates, and the line to gain stands where down and distance put it.',
  },
  {
    id: 'LIVE-DIRECTOR-04',
    source: 'docs/design/live.md#insights',
    behaviour:
      'The timeline marks an insight right or wrong once its outcome is known, and shows each in its newest revision only.',
  },
  {
    id: 'LIVE-DIRECTOR-05',
    source: 'docs/design/live.md#director',
    behaviour:
      'The Director page shows a match as it is played, leads from an insight to its evidence, and a drag back shows an earlier moment until the way back to live is taken.',
  },
  {
    id: 'LIVE-DIRECTOR-06',
    source: 'docs/design/console.md#checked',
    behaviour:
      'Director, Insights, Calibration and Moments fit desktop and phone in both themes, without console errors or serious accessibility violations.',
  },
  {
    id: 'LIVE-DIRECTOR-07',
    source: 'docs/design/console.md#states',
    behaviour:
      'Simulated matches are marked, go away in one click, and come back in one from the page that is then empty.',
  },
  {
    id: 'LIVE-DIRECTOR-08',
    source: 'docs/design/live.md#honesty',
    behaviour:
      'Training reports of the committed models are served with figures, intervals, goals and picture, and shown beside the calibration from the ledger.',
  },
  {
    id: 'LIVE-DIRECTOR-09',
    source: 'docs/design/live.md#honesty',
    behaviour:
      'Insights shows of each insight what came of it and, on a click, its evidence; pages filter by what their address names, and ignore values that there are not.',
  },
  {
    id: 'LIVE-DIRECTOR-10',
    source: 'docs/design/live.md#honesty',
    behaviour:
      'A reliability plot is drawn from twenty scored insights on; with fewer the page says that they are too few.',
  },
  {
    id: 'LIVE-CONTROL-05',
    source: 'docs/design/live.md#control-page',
    behaviour:
      'Over a running match, what the operator takes on the control page stands on the page for browser sources until it is cleared; the page fits and can be read.',
  },
  {
    id: 'LIVE-BURN-01',
    source: 'docs/design/live.md#on-the-screen',
    behaviour:
      'The burn bar leaves two thirds of the picture; its rows are from one standing, no two on one place, and say by colour with a word who makes it, who must save how much, and who stops.',
  },
]
