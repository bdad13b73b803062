/** A graphic with its data at a step. `data` null: the graphic shows what the insights say, as they come. */
export interface Cue {
  /** Name of the graphic, e.g. `burn-bar`. */
  graphic: string
  data: Record<string, unknown> | null
  step: number
}

/**
 * One layer of a match, as a vision mixer has it: what is on air and what would be next. In auto mode the insights
 * decide what is on air, and `program` waits until auto ends.
 */
export interface LayerState {
  /** Letters, digits, dashes; a browser source follows one. */
  layer: string
  program: Cue | null
  preview: Cue | null
  isAuto: boolean
  /** Rises with every change. */
  revision: number
}

export type LayerCommand =
  /** Puts a graphic into preview. */
  | { type: 'preview'; graphic: string; data: Record<string, unknown> | null }
  /** Puts what is in preview on air, or the named graphic at once. Ends auto mode. */
  | { type: 'take'; graphic?: string | undefined; data?: Record<string, unknown> | null }
  /** Takes off what is on air. Ends auto mode. */
  | { type: 'clear' }
  /** The next step of what is on air; past the last one it goes off, as OGraf's `playAction` does. */
  | { type: 'next' }
  /** Other data for what is on air, or for what is in preview. */
  | { type: 'update'; bus: 'program' | 'preview'; data: Record<string, unknown> | null }
  | { type: 'auto'; isAuto: boolean }

export type OnAirState = 'off' | 'preview' | 'on-air'

export function emptyLayer(layer: string): LayerState {
  return { layer, program: null, preview: null, isAuto: true, revision: 0 }
}

/** The layer in one word, for lists. */
export function onAirState({ program, preview }: LayerState): OnAirState {
  if (program !== null) return 'on-air'
  return preview === null ? 'off' : 'preview'
}

/**
 * The layer after a command; the same object where the command changes nothing (a take of nothing, an update of an empty bus).
 * `stepCountOf` says how many steps a graphic has.
 */
export function applyCommand(
  state: LayerState,
  command: LayerCommand,
  stepCountOf: (graphic: string) => number,
): LayerState {
  const change = changeOf(state, command, stepCountOf)
  return change === null ? state : { ...state, ...change, revision: state.revision + 1 }
}

function changeOf(
  state: LayerState,
  command: LayerCommand,
  stepCountOf: (graphic: string) => number,
): Partial<LayerState> | null {
  switch (command.type) {
    case 'preview':
      return { preview: { graphic: command.graphic, data: command.data, step: 0 } }
    case 'take': {
      if (command.graphic === undefined) {
        return state.preview === null ? null : { program: state.preview, preview: null, isAuto: false }
      }
      return { program: { graphic: command.graphic, data: command.data ?? null, step: 0 }, isAuto: false }
    }
    case 'clear':
      return state.program === null && !state.isAuto ? null : { program: null, isAuto: false }
    case 'next': {
      if (state.program === null || state.isAuto) return null
      const step = state.program.step + 1
      return { program: step < stepCountOf(state.program.graphic) ? { ...state.program, step } : null }
    }
    case 'update': {
      const cue = state[command.bus]
      return cue === null ? null : { [command.bus]: { ...cue, data: command.data } }
    }
    case 'auto':
      return command.isAuto === state.isAuto ? null : { isAuto: command.isAuto }
  }
}
