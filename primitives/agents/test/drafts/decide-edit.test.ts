import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideEdit, decideRevert, newPatch, textAt } from '../../src/drafts/decide-edit.ts'
import type { Decided, DraftState, Edit } from '../../src/drafts/decide-edit.ts'
import { undoStacks } from '../../src/drafts/patch.ts'
import type { Patch } from '../../src/drafts/patch.ts'
import type { Change } from '../../src/files/change.ts'
import { spliceBetween, unspliced } from '../../src/drafts/splice.ts'

const start = `name: refunds # who pays
title: Refunds
steps:
  - id: sort
    kind: set
  - id: tell
    kind: set
`

/** A draft that keeps its patches, as the database does. */
function draft(text = start) {
  const state: DraftState & { patches: Patch[] } = { text, revision: 0, patches: [] }
  const put = (decided: Decided, by: { tab: string; kind: Patch['kind']; of: number | null }) => {
    if (decided.text === state.text) return
    state.patches.push(newPatch(state, decided, { ...by, madeMs: 0 }))
    state.text = decided.text
    state.revision++
  }
  return {
    state,
    edit: (tab: string, edit: Edit) => put(decideEdit(state, edit), { tab, kind: 'edit', of: null }),
    revert: (tab: string, kind: 'undo' | 'redo') => {
      const patch = undoStacks(state.patches, tab)[kind].at(-1)
      if (patch) put(decideRevert(state, patch, kind), { tab, kind, of: patch.revision })
      return patch !== undefined
    },
  }
}

const title = (to: string): Change => ({ kind: 'value', place: ['title'], to })
const note = (id: string, to: string): Change => ({ kind: 'value', place: ['steps', { id }, 'note'], to })

describe('the edits of a draft', () => {
  it('of two tabs merge where they touch different steps and fields [AGENTS-DRAFT-02]', () => {
    const { state, edit } = draft()
    edit('a', { base: 0, changes: [note('sort', 'by amount')] })
    edit('b', { base: 0, changes: [note('tell', 'by mail')] })
    edit('c', { base: 0, text: start.replace('Refunds', 'Money back') })
    expect(state.revision).toBe(3)
    expect(state.text).toContain('by amount')
    expect(state.text).toContain('by mail')
    expect(state.text).toContain('title: Money back')
    expect(state.text).toContain('# who pays')
  })

  it('of the same field are asked about, with both values, and neither is lost [AGENTS-DRAFT-02]', () => {
    const { state, edit } = draft()
    edit('a', { base: 0, changes: [title('A')] })
    const before = state.text
    expect(() => edit('b', { base: 0, changes: [title('B')] })).toThrow(
      expect.objectContaining({
        code: 'draft-conflict',
        message: 'Somebody else changed title meanwhile. Choose which is to stay.',
        details: { conflicts: [{ mine: title('B'), theirs: expect.objectContaining({ to: 'A' }) }] },
      }),
    )
    expect(state.text).toBe(before)
    edit('b', { base: 1, changes: [title('B')] })
    expect(state.text).toContain('title: B')
  })

  it('of a step that somebody took away are asked about', () => {
    const { edit } = draft()
    edit('a', { base: 0, changes: [{ kind: 'value', place: ['steps', { id: 'tell' }], from: {} }] })
    expect(() => edit('b', { base: 0, changes: [note('tell', 'x')] })).toThrow(/meanwhile/)
  })

  it('are taken back by the tab that made them, past what others did since [AGENTS-DRAFT-03]', () => {
    const { state, edit, revert } = draft()
    edit('a', { base: 0, changes: [title('A')] })
    edit('b', { base: 1, changes: [note('tell', 'x')] })
    revert('a', 'undo')
    expect(state.text).toContain('title: Refunds')
    expect(state.text).toContain('note: x')
    revert('a', 'redo')
    expect(state.text).toContain('title: A')
    edit('b', { base: 4, changes: [title('B')] })
    expect(() => revert('a', 'undo')).toThrow(/title meanwhile/)
    expect(revert('c', 'undo')).toBe(false)
  })

  it('may leave a text that cannot be read, and undo mends it exactly [AGENTS-DRAFT-03]', () => {
    const { state, edit, revert } = draft()
    edit('a', { base: 0, text: `${start}  - id: [` })
    expect(state.patches[0]?.changes).toBeNull()
    expect(() => edit('b', { base: 1, changes: [title('B')] })).toThrow(/cannot be read/)
    revert('a', 'undo')
    expect(state.text).toBe(start)
  })

  it('can be walked back to every revision, and undone to the byte and done again [AGENTS-DRAFT-03]', () => {
    const text = fc
      .array(fc.constantFrom('a: 1\n', 'b: [2]\n', '# c\n', 'x', ' '), { maxLength: 6 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1, maxLength: 5 }), (first, texts) => {
        const { state, edit, revert } = draft(first)
        const seen = [first]
        for (const each of texts) {
          const before = state.revision
          edit('a', { base: before, text: each })
          if (state.revision > before) seen.push(each)
        }
        for (const [revision, each] of seen.entries()) expect(textAt(state, revision)).toBe(each)
        for (const each of seen.slice(0, -1).toReversed()) {
          revert('a', 'undo')
          expect(state.text).toBe(each)
        }
        for (const each of seen.slice(1)) {
          revert('a', 'redo')
          expect(state.text).toBe(each)
        }
        const splice = spliceBetween(first, state.text)
        expect(unspliced(state.text, splice)).toBe(first)
      }),
    )
  })
})
