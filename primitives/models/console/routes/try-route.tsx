import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Empty, Panel } from '@heavylift/ui'
import { chatRequest } from '../playground/chat-request.ts'
import { RunView } from '../playground/run-view.tsx'
import { useChatRun } from '../playground/use-chat-run.ts'

/** Sends one real request through a route and shows what became of it. */
export function TryRoute({ model }: { model: string }) {
  const [prompt, setPrompt] = useState('Say hello in five words.')
  const { run, isRunning, start, stop } = useChatRun()
  return (
    <Panel title="Try it" note="a real request: it is metered and costs what it costs">
      <form
        className="hl-stack"
        onSubmit={(event) => {
          event.preventDefault()
          start(chatRequest(model, { system: '', prompt, temperature: '', maxTokens: '200', schema: '' }))
        }}
      >
        <div className="models-try">
          <TextInput
            label="Prompt"
            value={prompt}
            onChange={(event) => setPrompt(event.currentTarget.value)}
          />
          {isRunning ? (
            <Button variant="default" onClick={stop}>
              Stop
            </Button>
          ) : (
            <Button type="submit" disabled={prompt.trim() === ''}>
              Try
            </Button>
          )}
        </div>
        {run ? (
          <RunView run={run} />
        ) : (
          <Empty title="Not tried yet">Replica, timing, cache, tokens and cost show here.</Empty>
        )}
      </form>
    </Panel>
  )
}
