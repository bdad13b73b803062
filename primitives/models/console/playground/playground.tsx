import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { CopyButton, Empty, Loaded, Page, Panel, useUrlState } from '@heavylift/ui'
import { api } from '../api.ts'
import { isSampleModel } from '../../src/table/sample-names.ts'
import { asCurl, asOpenAiClient, chatRequest, parameterProblems } from './chat-request.ts'
import { RunView } from './run-view.tsx'
import { useChatRun } from './use-chat-run.ts'
import '../models-console.css'

const nothingYet = 'Say in three sentences why the first token matters more than the last.'

/** A prompt through the gateway, to one model or to two side by side. */
export default function Playground() {
  const models = useQuery({
    queryKey: ['models', 'snapshot'],
    queryFn: ({ signal }) => api.get('/snapshot', { signal }),
  })
  return (
    <Page title="Playground" lead="Through routing, queue, cache and meter, like every client’s call.">
      <Loaded of={models} what="Asking which models there are" lines={10}>
        {({ models: served }) => {
          // The sample's models answer the sample only.
          const names = served.map(({ name }) => name).filter((name) => !isSampleModel(name))
          return names.length === 0 ? (
            <Empty
              title="No model to talk to yet"
              action={
                <Button component={Link} to="/models/engine">
                  Pull a model
                </Button>
              }
            >
              Pull a small one, or use a server that you have: the overview finds those on this machine.
            </Empty>
          ) : (
            <Desk names={names} />
          )
        }}
      </Loaded>
    </Page>
  )
}

function Desk({ names }: { names: string[] }) {
  const [state, set] = useUrlState({ a: names[0] ?? '', b: '', temperature: '', max: '', schema: '' })
  const [system, setSystem] = useState('')
  const [prompt, setPrompt] = useState(nothingYet)
  const left = useChatRun()
  const right = useChatRun()
  const sides = [{ model: state.a, chat: left }, ...(state.b === '' ? [] : [{ model: state.b, chat: right }])]
  const parameters = {
    system,
    prompt,
    temperature: state.temperature,
    maxTokens: state.max,
    schema: state.schema,
  }
  const problems = parameterProblems(parameters)
  const canSend = prompt.trim() !== '' && Object.keys(problems).length === 0
  const isRunning = sides.some(({ chat }) => chat.isRunning)
  const sendAll = () => {
    if (canSend) for (const { model, chat } of sides) chat.start(chatRequest(model, parameters))
  }
  const stopAll = () => {
    for (const { chat } of sides) chat.stop()
  }
  const body = () => chatRequest(state.a, parameters)
  return (
    <div className="models-desk">
      <form
        className="hl-panel models-ask"
        onSubmit={(event) => {
          event.preventDefault()
          sendAll()
        }}
      >
        <div className="models-pair">
          <NativeSelect
            label="Model"
            value={state.a}
            onChange={(event) => set({ a: event.currentTarget.value })}
            data={names}
          />
          <NativeSelect
            label="Beside it"
            value={state.b}
            onChange={(event) => set({ b: event.currentTarget.value })}
            data={[{ value: '', label: 'Nothing' }, ...names.map((name) => ({ value: name, label: name }))]}
          />
        </div>
        <Textarea
          label="System"
          rows={2}
          value={system}
          onChange={(event) => setSystem(event.currentTarget.value)}
        />
        <Textarea
          label="Prompt"
          description="Ctrl-Enter sends"
          rows={6}
          value={prompt}
          onChange={(event) => setPrompt(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) sendAll()
          }}
        />
        <div className="models-pair">
          <TextInput
            label="Temperature"
            placeholder="model’s own"
            inputMode="decimal"
            value={state.temperature}
            error={problems.temperature}
            onChange={(event) => set({ temperature: event.currentTarget.value })}
          />
          <TextInput
            label="Most tokens"
            placeholder="model’s own"
            inputMode="numeric"
            value={state.max}
            error={problems.maxTokens}
            onChange={(event) => set({ max: event.currentTarget.value })}
          />
        </div>
        <Textarea
          label="JSON schema of the answer"
          placeholder='{"type":"object","properties":{"title":{"type":"string"}}}'
          rows={3}
          classNames={{ input: 'hl-code' }}
          value={state.schema}
          error={problems.schema}
          onChange={(event) => set({ schema: event.currentTarget.value })}
        />
        <div className="hl-row">
          {isRunning ? (
            <Button variant="default" onClick={stopAll}>
              Stop
            </Button>
          ) : (
            <Button type="submit" disabled={!canSend}>
              Send
            </Button>
          )}
          <CopyButton text={() => asCurl(location.origin, body())}>Copy as curl</CopyButton>
          <CopyButton text={() => asOpenAiClient(location.origin, body())}>Copy as OpenAI client</CopyButton>
        </div>
      </form>
      <div className="models-sides" data-count={sides.length}>
        {sides.map(({ model, chat }, index) => (
          <Panel key={index} title={<span className="hl-code">{model}</span>}>
            {chat.run ? (
              <RunView run={chat.run} />
            ) : (
              <Empty title="Nothing sent yet">The answer streams here, with its timing and cost.</Empty>
            )}
          </Panel>
        ))}
      </div>
    </div>
  )
}
