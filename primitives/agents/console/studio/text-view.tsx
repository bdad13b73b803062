import { defaultKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef } from 'react'
import type { FileProblem } from '../../src/files/parse-file.ts'
import styles from './studio.module.css'

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--hl-accent)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--hl-good)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--hl-warn)' },
  { tag: tags.comment, color: 'var(--hl-ink-3)', fontStyle: 'italic' },
])

/** The file as text, with what is wrong where. Undo is the draft's, so that it holds for all three views. */
export function TextView({
  text,
  problems,
  onChange,
  onUndo,
  onRedo,
  selection,
}: {
  text: string
  problems: readonly FileProblem[]
  onChange: (text: string) => void
  onUndo: () => void
  onRedo: () => void
  /** Where to go: set anew each time somebody chooses a problem. */
  selection: { from: number; to: number } | null
}) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const acts = useRef({ onChange, onUndo, onRedo })
  const first = useRef(text)
  useEffect(() => {
    acts.current = { onChange, onUndo, onRedo }
  })
  useEffect(() => {
    const editor = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          keymap.of([
            { key: 'Mod-z', run: () => (acts.current.onUndo(), true) },
            { key: 'Mod-y', run: () => (acts.current.onRedo(), true) },
            { key: 'Mod-Shift-z', run: () => (acts.current.onRedo(), true) },
            ...defaultKeymap,
          ]),
          lineNumbers(),
          drawSelection(),
          highlightActiveLine(),
          indentOnInput(),
          yaml(),
          lintGutter(),
          syntaxHighlighting(colours),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': 'The agent as text', tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            // What comes from the draft itself is no edit.
            if (
              update.docChanged &&
              update.transactions.some(
                (each) => each.isUserEvent('input') || each.isUserEvent('delete') || each.isUserEvent('move'),
              )
            )
              acts.current.onChange(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [])
  useEffect(() => {
    const editor = view.current
    if (editor === null) return
    const shown = editor.state.doc.toString()
    if (shown !== text) {
      // Only what differs, so that the cursor stays where it is.
      let from = 0
      while (from < shown.length && from < text.length && shown[from] === text[from]) from++
      let tail = 0
      const most = Math.min(shown.length, text.length) - from
      while (tail < most && shown.at(-1 - tail) === text.at(-1 - tail)) tail++
      editor.dispatch({
        changes: { from, to: shown.length - tail, insert: text.slice(from, text.length - tail) },
      })
    }
    const end = editor.state.doc.length
    const diagnostics = problems.map(({ from, to, message, severity }) => ({
      from: Math.min(from, end),
      to: Math.min(Math.max(to, from + 1), end),
      severity,
      message,
    }))
    editor.dispatch(setDiagnostics(editor.state, diagnostics))
  }, [text, problems])
  useEffect(() => {
    const editor = view.current
    if (editor === null || selection === null) return
    const end = editor.state.doc.length
    editor.dispatch({
      selection: { anchor: Math.min(selection.from, end), head: Math.min(selection.to, end) },
      scrollIntoView: true,
    })
    editor.focus()
  }, [selection])
  return <div ref={place} className={styles['text']} />
}
