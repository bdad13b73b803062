import { Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { StepKind } from '../../src/definition/step.ts'
import { isRecord } from '../../src/files/change.ts'
import type { Change } from '../../src/files/change.ts'
import { stepKinds } from '../graph/kind-words.tsx'
import type { KnownTool } from '../tools/use-tools.ts'
import { useTools } from '../tools/use-tools.ts'
import { addStep } from './edit-steps.ts'
import type { OpenDraft } from './use-draft.ts'
import styles from './studio.module.css'

/** What can be added: kinds of steps, and tools by what they do. Arrow keys and Enter are enough. */
export function Palette({
  draft,
  after,
  isOpen,
  onClose,
  onAdded,
}: {
  draft: OpenDraft
  /** The step behind which it goes. */
  after: string | null
  isOpen: boolean
  onClose: () => void
  onAdded: (id: string) => void
}) {
  const [sought, setSought] = useState('')
  const [at, setAt] = useState(0)
  const tools = useTools(sought, isOpen)
  const words = sought.toLowerCase()
  const kinds = (Object.entries(stepKinds) as [StepKind, (typeof stepKinds)[StepKind]][]).filter(
    ([kind, { word, does }]) => `${kind} ${word} ${does}`.toLowerCase().includes(words),
  )
  const entries: {
    key: string
    title: string
    does: string
    icon: (typeof stepKinds)['tool']['icon']
    add: () => void
  }[] = [
    ...kinds.map(([kind, { word, does, icon }]) => ({
      key: kind,
      title: word,
      does,
      icon,
      add: () => put(addStep(draft.value, kind, { after })),
    })),
    ...tools.map((tool) => ({
      key: `${tool.from} ${tool.tool}`,
      title: tool.title,
      does: `${tool.from} · ${tool.description}`,
      icon: stepKinds.tool.icon,
      add: () => put(addTool(draft, tool, after)),
    })),
  ]
  const put = ({ id, changes }: { id: string; changes: Change[] }) => {
    draft.edit(changes)
    setSought('')
    setAt(0)
    onAdded(id)
  }
  const chosen = entries[Math.min(at, entries.length - 1)]
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={after === null ? 'Add a step' : `Add a step after ${after}`}
      size={560}
    >
      <TextInput
        data-autofocus
        label="Search kinds of steps and tools"
        value={sought}
        role="combobox"
        aria-expanded
        aria-controls="agents-palette"
        {...(chosen ? { 'aria-activedescendant': `palette ${chosen.key}`.replaceAll(' ', '-') } : {})}
        onChange={(event) => {
          setSought(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(at + 1, entries.length - 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
          else if (event.key === 'Enter') chosen?.add()
          else return
          event.preventDefault()
        }}
      />
      <div id="agents-palette" role="listbox" aria-label="Steps and tools" className={styles['palette']}>
        {entries.map((entry) => (
          <button
            type="button"
            key={entry.key}
            id={`palette ${entry.key}`.replaceAll(' ', '-')}
            role="option"
            aria-selected={entry === chosen}
            tabIndex={-1}
            onClick={entry.add}
          >
            <entry.icon width={18} height={18} aria-hidden="true" />
            <span>
              <b>{entry.title}</b>
              <span className="hl-fine">{entry.does}</span>
            </span>
          </button>
        ))}
        {entries.length === 0 ? (
          <p className="hl-fine">
            Nothing of that name. Import an OpenAPI document or an MCP server under Tools.
          </p>
        ) : null}
      </div>
    </Modal>
  )
}

/** A step for a tool; the tool is declared with its pin where the agent does not have it yet. */
function addTool(draft: OpenDraft, tool: KnownTool, after: string | null): { id: string; changes: Change[] } {
  const declared =
    isRecord(draft.value) && Array.isArray(draft.value['tools']) ? draft.value['tools'].filter(isRecord) : []
  const known = declared.find((each) => each['from'] === tool.from && each['tool'] === tool.tool)
  const ids = new Set(declared.map((each) => each['id']))
  const base =
    tool.tool
      .toLowerCase()
      .replace(/[^a-z0-9_]+/g, '_')
      .replace(/^[^a-z]+/, '')
      .slice(0, 56) || 'tool'
  let id = base
  for (let n = 2; ids.has(id); n++) id = `${base}_${n}`
  const toolId = typeof known?.['id'] === 'string' ? known['id'] : id
  const required = Array.isArray(tool.input['required']) ? tool.input['required'].map(String) : []
  const step = addStep(draft.value, 'tool', {
    after,
    name: toolId,
    fields: { tool: toolId, with: Object.fromEntries(required.map((name) => [name, `\${input.${name}}`])) },
  })
  if (known) return step
  const reference = {
    id,
    from: tool.from,
    tool: tool.tool,
    ...(tool.pin ? { pin: tool.pin } : {}),
    ...(tool.credential ? { credential: tool.credential } : {}),
  }
  return {
    id: step.id,
    changes: [{ kind: 'value', place: ['tools', { id }], to: reference }, ...step.changes],
  }
}
