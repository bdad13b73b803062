/** @typedef {{ graphic: string, data: Record<string, unknown> | null, step: number }} Cue `data` null: what the insights say. */
/** @typedef {ReturnType<typeof import('./stage.js').createStage>} Stage */

/**
 * Brings one bus of a layer onto the stage: what is told is the state that should be, so a state that was missed does no
 * harm. A graphic that follows the insights waits until one has come: it never stands empty.
 * @param {Pick<Stage, 'take' | 'update' | 'step' | 'clear'>} stage @param {(id: string) => unknown} liveDataOf
 */
export function createLayerFollower(stage, liveDataOf) {
  let current = /** @type {Cue | null} */ (null)
  let isStanding = false
  let revision = -1
  const dataOf = (/** @type {Cue} */ cue) => cue.data ?? liveDataOf(cue.graphic)

  /** @param {Cue} cue */
  const takeWhenThereIsData = (cue) => {
    const data = dataOf(cue)
    isStanding = data !== undefined
    if (isStanding) void stage.take(cue.graphic, data, cue.step)
  }

  return {
    /** Servers tell the same state; only news counts. @param {{ revision: number }} state */
    isNewer: (state) => state.revision > revision,
    /** @param {number} newRevision @param {Cue | null} cue */
    follow(newRevision, cue) {
      revision = newRevision
      const before = current
      current = cue
      const isSame = before !== null && before.graphic === cue?.graphic
      if (before !== null && isStanding && !isSame) {
        void stage.clear(before.graphic)
        isStanding = false
      }
      if (cue === null) return
      if (!isSame || !isStanding) return takeWhenThereIsData(cue)
      const data = dataOf(cue)
      // Handed over to insights of which none has come: what stands goes on standing.
      if (data !== undefined && JSON.stringify(before.data) !== JSON.stringify(cue.data))
        void stage.update(cue.graphic, data)
      if (before.step !== cue.step) void stage.step(cue.graphic, cue.step)
    },
    /** Insights changed the data of a graphic. @param {string} id */
    onLiveData(id) {
      if (current?.graphic !== id || current.data !== null) return
      if (isStanding) void stage.update(id, liveDataOf(id))
      else takeWhenThereIsData(current)
    },
  }
}
