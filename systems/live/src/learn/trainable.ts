import type { ReportProgress } from '@heavylift/core'
import type { WeightsFile } from './weights-file.ts'

export interface TrainInput {
  /** Folder with the data; its files are of the kind that the trainable names. */
  dataDir: string
  report: ReportProgress
  signal: AbortSignal
}

/** What `heavylift live train` writes: `<name>.json`, `<name>.report.md` and, when there is one, `<name>.svg`. */
export interface Trained {
  weights: WeightsFile
  report: string
  picture: string | null
}

/** A model that can be trained from files. The same files give the same bytes. */
export interface Trainable {
  /** e.g. `nfl-win-probability`; names the files of weights and report. */
  name: string
  /** One line: what it predicts, and from what kind of files it learns. */
  summary: string
  train(input: TrainInput): Promise<Trained>
}
