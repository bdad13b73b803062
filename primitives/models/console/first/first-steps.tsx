import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Copy, CopyButton, Empty, ErrorState, Notice, Panel, StateMark } from '@heavylift/ui'
import { NoModels } from '../overview/no-models.tsx'
import { RunView } from '../playground/run-view.tsx'
import { useChatRun } from '../playground/use-chat-run.ts'
import { makeKey } from './keys.ts'
import { firstRequest, snippetsFor } from './snippets.ts'

/** From nothing to a call that was answered: a model, a key, a call with it. */
export function FirstSteps({
  models,
  onBegin,
  onDone,
}: {
  /** Those that clients may ask for, without the sample's. */
  models: readonly string[]
  /** Somebody makes a key: what is shown stays, whatever is called meanwhile. */
  onBegin: () => void
  onDone: () => void
}) {
  const key = useMutation({ mutationFn: makeKey, onMutate: onBegin })
  return (
    <ol className="models-first" aria-label="First steps">
      <li>{models.length === 0 ? <NoModels step={1} /> : <ServedHere models={models} />}</li>
      <li>
        <KeyStep
          secret={key.data ?? null}
          isBusy={key.isPending}
          error={key.error}
          onMake={(name) => key.mutate(name)}
        />
      </li>
      <li>
        <CallStep models={models} secret={key.data ?? null} onDone={onDone} />
      </li>
    </ol>
  )
}

/** Programs have called nothing with a key of their own yet; leads to the steps. */
export function KeyNotice({ onOpen }: { onOpen: () => void }) {
  return (
    <Notice
      title="No key yet"
      actions={
        <Button size="compact-sm" variant="default" onClick={onOpen}>
          Show the first steps
        </Button>
      }
    >
      <p>Programs call these models with a key of their own.</p>
    </Notice>
  )
}

function ServedHere({ models }: { models: readonly string[] }) {
  const shown = models.slice(0, 8)
  return (
    <Panel title="1. Find a model" actions={<StateMark state="good">Done</StateMark>}>
      <p>
        Served: <span className="hl-code">{shown.join(', ')}</span>
        {models.length > shown.length ? ` and ${models.length - shown.length} more` : ''}.{' '}
        <Link to={'/models/routes' as never}>Add a provider</Link> or{' '}
        <Link to={'/models/engine' as never}>pull another one</Link>.
      </p>
    </Panel>
  )
}

function KeyStep({
  secret,
  isBusy,
  error,
  onMake,
}: {
  secret: string | null
  isBusy: boolean
  error: Error | null
  onMake: (name: string) => void
}) {
  const [name, setName] = useState('my program')
  return (
    <Panel
      title="2. Make a key"
      note="it calls models and nothing else"
      actions={secret === null ? null : <StateMark state="good">Done</StateMark>}
    >
      <div className="hl-stack">
        {error === null ? null : <ErrorState error={error} />}
        {secret === null ? (
          <form
            className="models-first-form"
            onSubmit={(event) => {
              event.preventDefault()
              onMake(name.trim())
            }}
          >
            <TextInput
              label="What it is for"
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" loading={isBusy} disabled={name.trim() === ''}>
              Make a key
            </Button>
          </form>
        ) : (
          <div className="models-first-key" role="status">
            <strong>Copy this key now: it is shown only once</strong>
            <Copy text={secret} label="Copy the key" />
            <span className="hl-fine">Only its hash is kept. If it is lost, revoke it and make another.</span>
            <Link to={'/settings' as never}>Keys and settings</Link>
          </div>
        )}
      </div>
    </Panel>
  )
}

function CallStep({
  models,
  secret,
  onDone,
}: {
  models: readonly string[]
  secret: string | null
  onDone: () => void
}) {
  const [chosen, setChosen] = useState<string | null>(null)
  const chat = useChatRun()
  const model = models.find((name) => name === chosen) ?? models[0] ?? null
  const isDone = chat.run?.state === 'done'
  return (
    <Panel
      title="3. Make a call"
      note="from here with that key, or by a program"
      actions={
        isDone ? (
          <>
            <StateMark state="good">Done</StateMark>
            <Button size="compact-sm" variant="default" onClick={onDone}>
              Close the first steps
            </Button>
          </>
        ) : null
      }
    >
      <div className="models-first-call">
        <div className="hl-stack">
          <form
            className="models-first-form"
            onSubmit={(event) => {
              event.preventDefault()
              if (model !== null && secret !== null) chat.start(firstRequest(model), secret)
            }}
          >
            <NativeSelect
              label="Model"
              data={[...models]}
              value={model ?? ''}
              disabled={model === null}
              onChange={(event) => setChosen(event.currentTarget.value)}
            />
            <Button type="submit" loading={chat.isRunning} disabled={model === null || secret === null}>
              Call it
            </Button>
          </form>
          {chat.run ? (
            <RunView run={chat.run} />
          ) : (
            <Empty title="Nothing called yet">
              {model === null
                ? 'Find a model first.'
                : secret === null
                  ? 'Make a key first.'
                  : 'The answer streams here, with its time to the first token, its tokens and its cost.'}
            </Empty>
          )}
        </div>
        <Program target={{ origin: location.origin, key: secret ?? 'YOUR_KEY', model: model ?? 'MODEL' }} />
      </div>
    </Panel>
  )
}

function Program({ target }: { target: Parameters<typeof snippetsFor>[0] }) {
  const [name, setName] = useState('curl')
  const snippets = snippetsFor(target)
  const code = () => snippets.find((snippet) => snippet.name === name)?.code ?? ''
  return (
    <div className="models-first-program">
      <div className="models-first-form">
        <NativeSelect
          label="As a program"
          data={snippets.map((snippet) => snippet.name)}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <CopyButton text={code}>Copy the program</CopyButton>
      </div>
      <pre className="models-pre" tabIndex={0} role="region" aria-label="Program">
        {code()}
      </pre>
    </div>
  )
}
