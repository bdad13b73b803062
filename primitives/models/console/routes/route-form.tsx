import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Panel } from '@heavylift/ui'
import type { ConfigAnswer } from '../../src/routes/config.ts'
import { changesOf, draftOf, newDraft } from './route-draft.ts'
import type { RouteDraft } from './route-draft.ts'
import { SaveError } from './save-error.tsx'
import { Targets } from './targets.tsx'
import { problemAt, problemsOf, useSaveConfig } from './use-config.ts'

const policies: Record<string, string> = {
  'least-outstanding': 'Fewest requests in flight',
  'least-tokens': 'Fewest tokens in flight',
  'power-of-two': 'The better of two at random',
  'round-robin': 'In turn',
  weighted: 'By weight',
  'prefix-affinity': 'Same beginning, same replica',
  'prefill-aware': 'Least prompt left to read',
}

type TextField = {
  [Name in keyof RouteDraft]: RouteDraft[Name] extends string ? Name : never
}[keyof RouteDraft]

/** Edits one route, or adds one when `name` is null. Problems that the server finds stand at their fields. */
export function RouteForm({
  config,
  name,
  onDone,
}: {
  config: ConfigAnswer
  name: string | null
  onDone: (name: string) => void
}) {
  const model = name === null ? null : config.table.models[name]
  const providers = Object.keys(config.table.providers)
  const before = model ? draftOf(model) : null
  const [newName, setNewName] = useState('')
  const [isRemoving, setIsRemoving] = useState(false)
  const [draft, setDraft] = useState<RouteDraft>(() => before ?? newDraft(providers[0] ?? ''))
  const asked = name ?? newName.trim()
  const save = useSaveConfig(() => onDone(asked))
  const remove = useSaveConfig(() => onDone(''))
  const problems = problemsOf(save.error)
  const changes = changesOf(before, draft)
  const isChanged = Object.keys(changes).length > 0
  const change = (part: Partial<RouteDraft>) => setDraft((old) => ({ ...old, ...part }))

  const field = (label: string, key: TextField, path: string, placeholder?: string): ReactNode => (
    <TextInput
      label={label}
      inputMode="numeric"
      value={draft[key]}
      error={problemAt(problems, ['models', asked, ...path.split('.')])}
      onChange={(event) => change({ [key]: event.currentTarget.value })}
      {...(placeholder ? { placeholder } : {})}
    />
  )
  return (
    <Panel
      title={name === null ? 'New model' : <span className="hl-code">{name}</span>}
      note={
        name === null
          ? 'a name that clients ask for'
          : 'edits the file; running calls end on what they began with'
      }
    >
      <form
        className="hl-stack"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate({ change: { kind: 'model', name: asked, changes }, baseVersion: config.version })
        }}
      >
        {name === null ? (
          <TextInput
            label="Name"
            placeholder="e.g. large"
            value={newName}
            error={problemAt(problems, ['models', asked])}
            onChange={(event) => setNewName(event.currentTarget.value)}
          />
        ) : null}
        <Targets
          targets={draft.targets}
          providers={providers}
          problem={(index, field) => problemAt(problems, ['models', asked, 'targets', index, field])}
          onChange={(targets) => change({ targets })}
        />
        <div className="models-fields">
          <NativeSelect
            label="Policy"
            value={draft.policy}
            error={problemAt(problems, ['models', asked, 'policy'])}
            onChange={(event) => change({ policy: event.currentTarget.value })}
            data={Object.entries(policies).map(([value, label]) => ({ value, label }))}
          />
          {field('Retries', 'retries', 'retries')}
          {field('Hedge after (ms)', 'hedgeAfterMs', 'hedgeAfterMs', 'never')}
          {field('First token within (ms)', 'firstTokenMs', 'deadlines.firstTokenMs')}
          {field('Between tokens (ms)', 'betweenTokensMs', 'deadlines.betweenTokensMs')}
          {field('Unstreamed answer (ms)', 'wholeAnswerMs', 'deadlines.wholeAnswerMs', 'half of all')}
          {field('Whole answer (ms)', 'totalMs', 'deadlines.totalMs')}
          {field('Queue holds', 'maxWaiting', 'queue.maxWaiting')}
          {field('Waits at most (ms)', 'maxWaitMs', 'queue.maxWaitMs')}
          <NativeSelect
            label="Cache"
            value={!draft.isCached ? 'none' : draft.isShared ? 'shared' : 'tenant'}
            onChange={(event) =>
              change({
                isCached: event.currentTarget.value !== 'none',
                isShared: event.currentTarget.value === 'shared',
              })
            }
            data={[
              { value: 'none', label: 'None' },
              { value: 'tenant', label: 'Each tenant its own' },
              { value: 'shared', label: 'Shared by all tenants' },
            ]}
          />
          {draft.isCached ? field('Kept for (s)', 'ttlSeconds', 'cache.ttlSeconds') : null}
          {draft.isCached ? (
            <NativeSelect
              label="Given again"
              value={draft.replay}
              onChange={(event) => change({ replay: event.currentTarget.value })}
              data={[
                { value: 'at-once', label: 'At once' },
                { value: 'natural', label: 'At a natural pace' },
              ]}
            />
          ) : null}
        </div>
        {save.isError ? <SaveError error={save.error} /> : null}
        <div className="hl-row">
          <Button type="submit" loading={save.isPending} disabled={!isChanged || asked === ''}>
            {name === null ? 'Add model' : 'Save'}
          </Button>
          {name !== null && isChanged && before ? (
            <Button variant="default" onClick={() => setDraft(before)}>
              Undo
            </Button>
          ) : null}
          {name === null ? null : (
            <Button variant="subtle" color="red" onClick={() => setIsRemoving(true)}>
              Take out of the table
            </Button>
          )}
        </div>
      </form>
      <Modal opened={isRemoving} onClose={() => setIsRemoving(false)} title={`Take “${name ?? ''}” out?`}>
        <div className="hl-stack">
          <p>
            Clients that ask for it get 404 from then on; calls that it has end normally. Its providers stay.
          </p>
          {remove.isError ? <SaveError error={remove.error} /> : null}
          <div className="hl-row">
            <Button
              color="red"
              loading={remove.isPending}
              onClick={() =>
                remove.mutate({
                  change: { kind: 'without-model', name: asked },
                  baseVersion: config.version,
                })
              }
            >
              Take out
            </Button>
            <Button variant="default" onClick={() => setIsRemoving(false)}>
              Keep it
            </Button>
          </div>
        </div>
      </Modal>
    </Panel>
  )
}
