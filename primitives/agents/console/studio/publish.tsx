import { Button, Modal, NumberInput, TextInput } from '@mantine/core'
import { ErrorState, Facts, Loaded, Notice, StateMark, formatAgo } from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api.ts'
import { Nearest } from '../registry/nearest.tsx'
import type { FoundAnswer } from '../registry/nearest.tsx'
import { Addresses, exampleOf } from './addresses.tsx'
import { DiffLines } from './diff-lines.tsx'
import type { OpenDraft } from './use-draft.ts'

/** Writes the draft down as a version, and gives it to new runs: to all, or to a share of them. */
export function Publish({
  draft,
  isOpen,
  onClose,
}: {
  draft: OpenDraft
  isOpen: boolean
  onClose: () => void
}) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={`Publish ${draft.name}`}
      size={640}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {isOpen ? <PublishForm draft={draft} /> : null}
    </Modal>
  )
}

/** The agent with its versions; null where it was never published. */
function useAgent(name: string) {
  return useQuery({
    queryKey: ['agents', 'agent', name],
    queryFn: async ({ signal }) => {
      const { agents } = await api.get('/agents', { signal })
      if (!agents.some((agent) => agent.name === name)) return null
      return api.get('/agents/:name', { params: { name }, signal })
    },
  })
}

/** Plays the cases on a version. Null where they pass or there are none, else the evaluation that says what fails. */
async function failedCases(name: string, version: number): Promise<string | null> {
  const { state } = await api.get('/agents/:name/standing', { params: { name }, query: { version } })
  if (state === 'no-cases' || state === 'passed') return null
  const { evaluationId } = await api.post('/agents/:name/evaluations', {
    params: { name },
    body: { version },
  })
  for (;;) {
    const { evaluation } = await api.get('/evaluations/:evaluationId', { params: { evaluationId } })
    if (evaluation.state === 'passed') return null
    if (evaluation.state !== 'playing') return evaluationId
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

function PublishForm({ draft }: { draft: OpenDraft }) {
  const { name } = draft
  const [note, setNote] = useState('')
  const [share, setShare] = useState(100)
  const [despite, setDespite] = useState('')
  const [found, setFound] = useState<FoundAnswer>({ choice: 'new', of: null, because: '' })
  const client = useQueryClient()
  const known = useAgent(name)
  const live = known.data?.agent.liveVersion ?? null
  const diff = useQuery({
    queryKey: ['agents', 'diff', name, live, draft.revision],
    enabled: live !== null,
    queryFn: ({ signal }) =>
      api.get('/drafts/:name/diff', { params: { name }, query: { version: live ?? 1 }, signal }),
  })
  const refresh = () =>
    client.invalidateQueries({ queryKey: ['agents'], predicate: ({ queryKey }) => queryKey[1] !== 'draft' })
  const publish = useMutation({
    mutationFn: async () => {
      await draft.flush()
      const { version } = await api.post('/versions', {
        body: { definition: draft.value, note, ...(live === null ? { found } : {}) },
      })
      const failed = despite === '' ? await failedCases(name, version) : null
      if (failed !== null) return { version, failed }
      await api.post('/agents/:name/live', {
        params: { name },
        body: { version, share: live === null ? 1 : share / 100, ...(despite === '' ? {} : { despite }) },
      })
      return { version, failed: null }
    },
    onSuccess: refresh,
  })
  const putLive = useMutation({
    mutationFn: (version: number) =>
      api.post('/agents/:name/live', { params: { name }, body: { version, share: 1 } }),
    onSuccess: refresh,
  })
  const errors = draft.problems.filter(({ severity }) => severity === 'error').length
  return (
    <div className="hl-stack">
      {errors > 0 ? (
        <Notice tone="warn" title={`${errors} ${errors === 1 ? 'problem' : 'problems'} first`}>
          <p>The list below the canvas says where. What runs now goes on meanwhile.</p>
        </Notice>
      ) : null}
      {live === null ? (
        <>
          <p>It has no live version yet. Publishing makes version 1 and starts runs on it.</p>
          {draft.isBroken || errors > 0 ? null : (
            <Nearest definition={draft.value} answer={found} onAnswer={setFound} />
          )}
        </>
      ) : (
        <div>
          <h3>What changes against version {live}</h3>
          <Loaded of={diff} what="Comparing" lines={3}>
            {({ lines }) => <DiffLines lines={lines} empty="Nothing: the draft is the live version" />}
          </Loaded>
        </div>
      )}
      <TextInput
        label="Note"
        placeholder="Why"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {live === null ? null : (
        <NumberInput
          label="Share of new runs that get it, in %"
          description="Less than 100 makes it a canary beside the live version; runs under way finish on theirs."
          min={1}
          max={100}
          value={share}
          onChange={(next) => setShare(typeof next === 'number' ? next : 100)}
        />
      )}
      {publish.isError ? <ErrorState error={publish.error} /> : null}
      {publish.data?.failed ? (
        <>
          <Notice tone="warn" title={`Version ${publish.data.version} is not live: cases fail on it`}>
            <p>
              <Link to={`/agents/evals/${publish.data.failed}` as '/'}>See which and why</Link>. Mend it, or
              say why it goes live all the same.
            </p>
          </Notice>
          <TextInput
            label="Why it goes live although cases fail"
            value={despite}
            onChange={(event) => setDespite(event.currentTarget.value)}
          />
        </>
      ) : null}
      {publish.data?.failed === null ? (
        <Notice
          tone="good"
          title={`Version ${publish.data.version} is ${share < 100 && live !== null ? 'a canary' : 'live'}`}
        >
          <p>Runs that are under way finish on the version that they began with.</p>
        </Notice>
      ) : null}
      <div className="hl-row">
        <Button
          disabled={errors > 0 || draft.isBroken}
          loading={publish.isPending}
          onClick={() => publish.mutate()}
        >
          {live === null
            ? 'Publish version 1'
            : share < 100
              ? `Publish to ${share} % of runs`
              : 'Publish to all runs'}
        </Button>
      </div>
      {live === null ? null : <Addresses agent={name} input={exampleOf(draft.value)} />}
      {known.data && known.data.versions.length > 0 ? (
        <div>
          <h3>Versions</h3>
          {putLive.isError ? <ErrorState error={putLive.error} /> : null}
          <Facts
            facts={known.data.versions.slice(0, 12).map(({ version, note: said, publishedMs }) => [
              `Version ${version}`,
              <span key={version} className="hl-row">
                <span>
                  {said || 'no note'}, {formatAgo(publishedMs, Date.now())}
                </span>
                {version === live ? (
                  <StateMark state="good">live</StateMark>
                ) : version === known.data?.agent.canary?.version ? (
                  <StateMark state="busy">
                    canary, {Math.round(known.data.agent.canary.share * 100)} %
                  </StateMark>
                ) : (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    loading={putLive.isPending && putLive.variables === version}
                    onClick={() => putLive.mutate(version)}
                  >
                    {live !== null && version < live ? 'Roll back to it' : 'Put it live'}
                  </Button>
                )}
              </span>,
            ])}
          />
        </div>
      ) : null}
    </div>
  )
}
