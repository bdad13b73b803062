import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { ErrorState, Notice } from '@heavylift/ui'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api.ts'
import type { RunAnswer } from './use-run.ts'

/** A run of the same input that takes over what went before a step, and does the rest anew on the version that is live. */
export function RetryFrom({ run, step }: { run: RunAnswer['run']; step: string | null }) {
  const navigate = useNavigate()
  const retry = useMutation({
    mutationFn: () => api.post('/runs/:runId/fork', { params: { runId: run.runId }, body: { step } }),
    onSuccess: ({ runId }) => void navigate({ to: `/agents/runs/${runId}` as '/' }),
  })
  return (
    <>
      {retry.isError ? <ErrorState error={retry.error} /> : null}
      <Button size="compact-sm" variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
        {step === null ? 'Retry from where it failed' : `Retry from ${step}`}
      </Button>
    </>
  )
}

/** Keeps a run as a case: its input, and what should come of it. */
export function SaveAsCase({ run }: { run: RunAnswer['run'] }) {
  const [isOpen, setIsOpen] = useState(false)
  const [title, setTitle] = useState('')
  const [checks, setChecks] = useState('')
  const save = useMutation({
    mutationFn: () =>
      api.post('/runs/:runId/case', {
        params: { runId: run.runId },
        body: { title, checks: linesOf(checks) },
      }),
  })
  return (
    <>
      <Button size="compact-md" variant="default" onClick={() => setIsOpen(true)}>
        Save as case
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title="Save this run as a case"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <form
          className="hl-stack"
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate()
          }}
        >
          <p>
            Its input, its result and what it met outside are kept. Before another version goes live, it is
            played on it; nothing outside is touched by that.
          </p>
          <TextInput
            data-autofocus
            label="Title"
            required
            placeholder="What it shows"
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Textarea
            label="Checks, where the words of a result may differ"
            description="CEL over input, output and expected, one a line. Without any the result has to be the same."
            placeholder="output.kind == expected.kind"
            autosize
            minRows={2}
            value={checks}
            onChange={(event) => setChecks(event.currentTarget.value)}
          />
          {save.isError ? <ErrorState error={save.error} /> : null}
          {save.isSuccess ? <Notice tone="good" title={`Kept as a case of ${save.data.agent}`} /> : null}
          <div className="hl-row">
            <Button type="submit" disabled={save.isSuccess} loading={save.isPending}>
              Save
            </Button>
          </div>
        </form>
      </Modal>
    </>
  )
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
