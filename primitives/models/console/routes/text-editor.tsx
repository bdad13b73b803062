import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import { Copy, Panel } from '@heavylift/ui'
import type { ConfigAnswer } from '../../src/routes/config.ts'
import type { ConfigProblem } from '../../src/context.ts'
import { offsetOf } from './offset-of.ts'
import { SaveError } from './save-error.tsx'
import { problemsOf, useSaveConfig } from './use-config.ts'

/** The table as it stands in its file, with line numbers and what is wrong where. */
export function TextEditor({ config }: { config: ConfigAnswer }) {
  const [edited, setEdited] = useState<string | null>(null)
  const area = useRef<HTMLTextAreaElement>(null)
  const gutter = useRef<HTMLDivElement>(null)
  const save = useSaveConfig(() => setEdited(null))
  const text = edited ?? config.text
  const refused = problemsOf(save.error)
  const problems = refused.length > 0 ? refused : config.problems
  const badLines = new Set(problems.map(({ line }) => line))
  const goTo = ({ line, column }: ConfigProblem) => {
    const at = offsetOf(text, line ?? 1, column ?? 1)
    area.current?.focus()
    area.current?.setSelectionRange(at, at + 1)
  }
  return (
    <Panel title="models.config.json" note={<Copy text={config.file} label="Copy the file’s path" />} flush>
      <div className="models-editor">
        <div className="models-gutter hl-code" ref={gutter} aria-hidden="true">
          {text.split('\n').map((_, index) => (
            <span key={index} data-bad={badLines.has(index + 1) || undefined}>
              {badLines.has(index + 1) ? '■ ' : ''}
              {index + 1}
            </span>
          ))}
        </div>
        <textarea
          ref={area}
          className="hl-code"
          aria-label="Text of the table"
          spellCheck={false}
          wrap="off"
          value={text}
          placeholder={'{ "providers": {}, "models": {} }'}
          onChange={(event) => setEdited(event.currentTarget.value)}
          onScroll={(event) => {
            if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop
          }}
        />
      </div>
      {problems.length > 0 ? (
        <ul className="models-problems" aria-label="Problems">
          {problems.map((problem) => (
            <li key={`${problem.path} ${problem.message}`}>
              <button type="button" onClick={() => goTo(problem)}>
                <span className="hl-number">
                  {problem.line === null ? '–' : `${problem.line}:${problem.column ?? 1}`}
                </span>
                <span>
                  {problem.path === '' ? null : <span className="hl-code">{problem.path} </span>}
                  {problem.message}
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {save.isError && refused.length === 0 ? <SaveError error={save.error} /> : null}
      <div className="models-editor-foot">
        <Button
          loading={save.isPending}
          disabled={edited === null || edited === config.text}
          onClick={() => save.mutate({ change: { kind: 'text', text }, baseVersion: config.version })}
        >
          Save
        </Button>
        <Button
          variant="default"
          disabled={edited === null}
          onClick={() => {
            setEdited(null)
            save.reset()
          }}
        >
          Undo
        </Button>
        <span className="hl-fine">
          {problems.length > 0
            ? 'The table in effect is still the last valid one.'
            : edited === null || edited === config.text
              ? 'In effect.'
              : 'Not saved yet.'}
        </span>
      </div>
    </Panel>
  )
}
