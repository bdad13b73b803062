import { ApiError } from '@heavylift/ui'
import { describe, expect, it, vi } from 'vitest'
import { DraftSession } from '../../console/studio/draft-session.ts'
import { decideEdit, decideRevert, newPatch } from '../../src/drafts/decide-edit.ts'
import type { Decided } from '../../src/drafts/decide-edit.ts'
import { undoStacks } from '../../src/drafts/patch.ts'
import type { Patch } from '../../src/drafts/patch.ts'
import type { DraftAnswer } from '../../src/routes/draft-schemas.ts'

const start = 'title: Notes # ours\nsteps:\n  - id: a\n    kind: set\n'

/** The server's part of a draft, in memory. */
function server() {
  const patches: Patch[] = []
  let [text, revision] = [start, 0]
  const put = (decided: Decided, tab: string, kind: Patch['kind'], of: number | null) => {
    if (decided.text === text) return
    patches.push(newPatch({ text, revision, patches }, decided, { tab, kind, of, madeMs: 0 }))
    text = decided.text
    revision++
  }
  const answer = (tab: string): DraftAnswer => {
    const { undo, redo } = undoStacks(patches, tab)
    const [canUndo, canRedo] = [undo.length > 0, redo.length > 0]
    return { name: 'notes', text, revision, changedMs: 0, canUndo, canRedo, problems: [] }
  }
  const refusing = <T>(act: () => T): T => {
    try {
      return act()
    } catch (error) {
      const { code, message, details } = error as { code: string; message: string; details: unknown }
      throw new ApiError({ code, message, status: 409, requestId: null, details })
    }
  }
  let isAway = false
  const open = (tab: string) =>
    new DraftSession(
      {
        read: async () => answer(tab),
        write: async (base, next) => {
          if (isAway) throw new ApiError({ code: 'offline', message: 'away', status: 0, requestId: null })
          refusing(() =>
            put(decideEdit({ text, revision, patches }, { base, text: next }), tab, 'edit', null),
          )
          return answer(tab)
        },
        revert: async (kind) => {
          const patch = undoStacks(patches, tab)[kind].at(-1)
          if (patch)
            refusing(() =>
              put(decideRevert({ text, revision, patches }, patch, kind), tab, kind, patch.revision),
            )
          return answer(tab)
        },
      },
      answer(tab),
      () => undefined,
    )
  return {
    open,
    text: () => text,
    revision: () => revision,
    away: (is: boolean) => {
      isAway = is
    },
  }
}

describe('a tab that edits a draft', () => {
  it('shows what is typed at once, and saves it within a second [AGENTS-STUDIO-02]', async () => {
    vi.useFakeTimers()
    const { open, text } = server()
    const tab = open('a')
    tab.edit(start.replace('Notes', 'N'))
    tab.edit(start.replace('Notes', 'No'))
    expect(tab.state).toMatchObject({ saved: 'saving', text: start.replace('Notes', 'No') })
    expect(text()).toBe(start)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(text()).toBe(start.replace('Notes', 'No'))
    expect(tab.state).toMatchObject({ saved: 'saved', revision: 1, canUndo: true })
    vi.useRealTimers()
  })

  it('takes in what another tab did, and keeps what is being typed [AGENTS-STUDIO-02]', async () => {
    const { open, text, revision } = server()
    const [one, other] = [open('a'), open('b')]
    one.edit(start.replace('Notes', 'One'))
    await one.flush()
    other.edit(start.replace('kind: set', 'kind: set\n    note: x'))
    await other.seen(revision())
    expect(text()).toContain('title: One # ours')
    expect(text()).toContain('note: x')
    expect(other.state).toMatchObject({ saved: 'saved', text: text() })
    await one.seen(revision())
    expect(one.state.text).toBe(text())
    await one.revert('undo')
    expect(text()).toContain('title: Notes # ours')
    expect(text()).toContain('note: x')
  })

  it('asks which is to stay where both changed one field, and does as it is told [AGENTS-STUDIO-02]', async () => {
    for (const keep of ['mine', 'theirs'] as const) {
      const { open, text } = server()
      const [one, other] = [open('a'), open('b')]
      one.edit(start.replace('Notes', 'One'))
      await one.flush()
      other.edit(start.replace('Notes', 'Other').replace('kind: set', 'kind: set\n    note: x'))
      await other.flush()
      expect(other.state.saved).toBe('conflict')
      expect(other.state.conflicts.map(({ mine, theirs }) => [mine.to, theirs.to])).toEqual([
        ['Other', 'One'],
      ])
      await other.resolve(keep)
      expect(text()).toContain(`title: ${keep === 'mine' ? 'Other' : 'One'} # ours`)
      expect(text()).toContain('note: x')
      expect(other.state.saved).toBe('saved')
    }
  })

  it('goes on by itself when the server is back', async () => {
    vi.useFakeTimers()
    const { open, text, away } = server()
    const tab = open('a')
    away(true)
    tab.edit(start.replace('Notes', 'Later'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(tab.state.saved).toBe('offline')
    away(false)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(text()).toContain('title: Later')
    expect(tab.state.saved).toBe('saved')
    vi.useRealTimers()
  })
})
