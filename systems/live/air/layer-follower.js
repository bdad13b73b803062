/** @typedef {{ graphic: string, data: Record<string, unknown> | null, step: number }} Cue `data` null: what the insights say. */
/** @typedef {ReturnType<typeof import('./stage.js').createStage>} Stage */

/**
 * Brings one bus of a layer onto the stage: what is told is the state that should be, so a state that was missed does no harm.
 * @param {Pick<Stage, 'take' | 'update' | 'step' | 'clear'>} stage @param {(id: string) => unknown} liveDataOf
 */
export function createLayerFollower(stage, liveDataOf) {
  let current = /** @type {Cue | null} */ (null)
  let revision = -1
  const dataOf = (/** @type {Cue} */ cue) => cue.data ?? liveDataOf(cue.graphic) ?? {}
  return {
    /** Servers tell the same state; only news counts. @param {{ revision: number }} state */
    isNewer: (state) => state.revision > revision,
    /** @param {number} newRevision @param {Cue | null} cue */
    follow(newRevision, cue) {
      revision = newRevision
      const before = current
      current = cue
      if (before !== null && before.graphic !== cue?.graphic) void stage.clear(before.graphic)
      if (cue === null) return
      if (before?.graphic !== cue.graphic) return void stage.take(cue.graphic, dataOf(cue), cue.step)
      if (JSON.stringify(before.data) !== JSON.stringify(cue.data))
        void stage.update(cue.graphic, dataOf(cue))
      if (before.step !== cue.step) void stage.step(cue.graphic, cue.step)
    },
    /** Insights changed the data of a graphic. @param {string} id */
    onLiveData(id) {
      if (current?.graphic === id && current.data === null) void stage.update(id, liveDataOf(id))
    },
  }
}
