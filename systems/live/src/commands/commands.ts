import type { Command } from '@heavylift/core'
import { trainables } from '../insights/trainables.ts'

export const checkCommand: Command = {
  name: 'check',
  summary:
    'Reads a feed file and prints its events by kind, the time they span and the first rows that cannot be read.',
  args: [{ name: 'file', summary: 'A feed file, gzipped or not.' }],
  options: [
    { flags: '--format <name>', summary: 'Format of the feed; recognised when left out.' },
    { flags: '--mapping <file>', summary: 'Mapping file (JSON) of a feed of your own.' },
  ],
  run: async (input) => (await import('./check.ts')).runCheck(input),
}

export const exportCommand: Command = {
  name: 'export',
  summary: 'Writes every insight of a match, with what came of it, as CSV or Parquet.',
  args: [{ name: 'match', summary: 'The match, by its id.' }],
  options: [
    { flags: '--format <name>', summary: 'csv (default) or parquet.' },
    { flags: '--out <file>', summary: 'Where to write. Default MATCH.csv or MATCH.parquet.' },
  ],
  run: async (input) => (await import('./export.ts')).runExport(input),
}

export const graphicsCommand: Command = {
  name: 'graphics',
  summary:
    'Writes the OGraf graphics as a folder for CasparCG, SPX and other renderers; zip it to upload it.',
  options: [{ flags: '--out <dir>', summary: 'A new or empty folder. Default heavylift-graphics.' }],
  run: async (input) => (await import('./graphics.ts')).runGraphics(input),
}

export const processorCommand: Command = {
  name: 'processor',
  summary: 'Runs a processor on NATS streams, active-active with others, until it is stopped.',
  options: [
    { flags: '--nats <servers>', summary: 'NATS servers with commas between, as in live.natsServers.' },
    { flags: '--replicas <count>', summary: '1 or 3, as in live.natsReplicas. Default 1.' },
    {
      flags: '--folder <folder>',
      summary: 'For its snapshots; a processor has one of its own. Default: the system’s data folder.',
    },
  ],
  run: async (input) => (await import('./processor.ts')).runLiveProcessor(input),
}

export const recapCommand: Command = {
  name: 'recap',
  summary: 'Cuts a recording of a match down to the two minutes that tell it, without encoding it again.',
  args: [{ name: 'recording', summary: 'A video file, such as .mp4 or .ts.' }],
  options: [
    { flags: '--feed <file>', summary: 'A feed of the match, in any format that replay knows.' },
    { flags: '--start <time>', summary: 'When the first picture was taken, ISO 8601.' },
    { flags: '--seconds <number>', summary: 'How long the recap is. Default 120.' },
    { flags: '--out <file>', summary: 'Where to write. Default recap.mp4.' },
  ],
  run: async (input) => (await import('./recap.ts')).runRecap(input),
}

export const replayCommand: Command = {
  name: 'replay',
  summary: 'Plays a recorded feed into the running server, as fast as it went or N times faster.',
  args: [{ name: 'file', summary: 'A feed file, gzipped or not.' }],
  options: [
    {
      flags: '--speed <times>',
      summary: '1 as it went (default), 10 ten times faster, max as fast as it goes.',
    },
    { flags: '--format <name>', summary: 'Format of the feed; recognised when left out.' },
    { flags: '--mapping <file>', summary: 'Mapping file (JSON) of a feed of your own.' },
    {
      flags: '--match <id>',
      summary: 'Gives the match this name, to play a file a second time or one of several.',
    },
    { flags: '--max-gap <seconds>', summary: 'Longest wait between two events, in real seconds. Default 5.' },
  ],
  run: async (input) => (await import('./replay.ts')).runReplay(input),
}

export const simulateCommand: Command = {
  name: 'simulate',
  summary: 'Writes a simulated match as feed events (JSONL), to be replayed or pushed.',
  args: [{ name: 'sport', summary: 'nfl, nba or race.' }],
  options: [
    { flags: '--seed <number>', summary: 'The same seed writes the same match. Default 1.' },
    { flags: '--start <time>', summary: 'When it starts, ISO 8601. Default 2026-01-01T18:00:00Z.' },
    { flags: '--out <file>', summary: 'Where to write. Default: standard output.' },
  ],
  run: async (input) => (await import('./simulate.ts')).runSimulate(input),
}

export const trainCommand: Command = {
  name: 'train',
  summary: `Trains a model from files and writes its weights and report. Models: ${trainables.map(({ name }) => name).join(', ')}.`,
  args: [{ name: 'model', summary: 'Which model, e.g. nfl-win-probability.' }],
  options: [
    { flags: '--data <dir>', summary: 'Folder with the data that the model learns from.' },
    { flags: '--out <dir>', summary: "Where to write. Default: the system's own weights folder." },
  ],
  run: async (input) => (await import('./train.ts')).runTrain(input),
}

export const videoCommand: Command = {
  name: 'video',
  summary: 'Draws clock, score and what happens in a feed as an HLS stream, to try recaps without cameras.',
  args: [{ name: 'feed', summary: 'A feed file, such as `live simulate` writes.' }],
  options: [
    { flags: '--out <folder>', summary: 'Where to write live.m3u8 and its segments. Default video.' },
    { flags: '--minutes <number>', summary: 'How much of the match from its start. Default all.' },
  ],
  run: async (input) => (await import('./video.ts')).runVideo(input),
}

/** Every one of this system, in the order of its list. What runs is loaded when it runs. */
export const commands: Command[] = [
  checkCommand,
  exportCommand,
  graphicsCommand,
  processorCommand,
  recapCommand,
  replayCommand,
  simulateCommand,
  trainCommand,
  videoCommand,
]
