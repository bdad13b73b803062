import type { SignalTable } from './signal-table.ts'

/** Changes what traffic lights show. Called before each step with the time of the scene. */
export interface SignalProgram {
  step(signals: SignalTable, timeS: number): void
}
