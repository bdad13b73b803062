import { Button, Modal, TextInput, Textarea } from '@mantine/core'
import {
  ActionButton,
  Card,
  Cards,
  Chip,
  ErrorState,
  Loaded,
  Notice,
  Page,
  Panel,
  formatCount,
} from '@heavylift/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api.ts'
import { ImportFile } from './import-file.tsx'
import { StepStrip } from './step-strip.tsx'

/** Agents to begin with, and the ways to begin without one. */
export default function Templates() {
  const [chosen, setChosen] = useState<{ template: string; title: string } | null>(null)
  const [isImporting, setIsImporting] = useState(false)
  const templates = useQuery({
    queryKey: ['agents', 'templates'],
    staleTime: Infinity,
    queryFn: ({ signal }) => api.get('/templates', { signal }),
  })
  return (
    <Page
      title="Templates"
      lead="Begin with one that works, on data that comes with it; change a step and see what happens."
      actions={
        <>
          <ActionButton
            label="Import a file"
            shortcut="i"
            variant="default"
            onAct={() => setIsImporting(true)}
          />
          <ActionButton
            label="Empty agent"
            shortcut="n"
            onAct={() => setChosen({ template: 'empty', title: 'An empty agent' })}
          />
        </>
      }
    >
      <Describe model={templates.data?.describedBy} />
      <Panel>
        <Loaded of={templates} what="Reading the templates" lines={8}>
          {({ templates: all }) => (
            <Cards label="Templates" minPx={280}>
              {all.map(({ name, title, summary, steps, tags, text }) => (
                <Card
                  key={name}
                  title={title}
                  picture={<StepStrip text={text} />}
                  onOpen={() => setChosen({ template: name, title })}
                  foot={
                    <>
                      <Chip>{formatCount(steps)} steps</Chip>
                      {tags.slice(0, 3).map((tag) => (
                        <Chip key={tag}>{tag}</Chip>
                      ))}
                    </>
                  }
                >
                  {summary}
                </Card>
              ))}
            </Cards>
          )}
        </Loaded>
      </Panel>
      {isImporting ? <ImportFile onClose={() => setIsImporting(false)} /> : null}
      {chosen ? <Begin {...chosen} onClose={() => setChosen(null)} /> : null}
    </Page>
  )
}

/** Says what an agent has to do; a model drafts it, and a person looks at it. */
function Describe({ model }: { model: string | null | undefined }) {
  const [wish, setWish] = useState('')
  const [name, setName] = useState('')
  const navigate = useNavigate()
  const describe = useMutation({
    mutationFn: () => api.post('/descriptions', { body: { name, wish } }),
    onSuccess: () => void navigate({ to: `/agents/studio/${name}` as '/' }),
  })
  if (model === undefined) return null
  if (model === null)
    return (
      <Notice
        title="No model is configured that could draft an agent from a description"
        actions={
          <Button component={Link} to={'/models/routes' as '/'} size="compact-sm" variant="default">
            Add a model
          </Button>
        }
      />
    )
  return (
    <Panel title="Describe it" note={`${model} drafts it; nothing runs before you have published it`}>
      <form
        className="hl-stack"
        onSubmit={(event) => {
          event.preventDefault()
          describe.mutate()
        }}
      >
        <Textarea
          label="What it has to do"
          placeholder="Reads requests, sends back those that are not whole, and asks a person about the rest."
          autosize
          minRows={2}
          value={wish}
          onChange={(event) => setWish(event.currentTarget.value)}
        />
        <TextInput label="Its name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        {describe.isError ? <ErrorState error={describe.error} /> : null}
        <div className="hl-row">
          <Button
            type="submit"
            disabled={wish.trim().length < 10 || name === ''}
            loading={describe.isPending}
          >
            Draft it
          </Button>
        </div>
      </form>
    </Panel>
  )
}

function Begin({ template, title, onClose }: { template: string; title: string; onClose: () => void }) {
  const [name, setName] = useState(template === 'empty' ? '' : template)
  const navigate = useNavigate()
  const begin = useMutation({
    mutationFn: () => api.post('/drafts', { body: { name, template } }),
    onSuccess: () => void navigate({ to: `/agents/studio/${name}` as '/' }),
  })
  const isName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className="hl-stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (isName) begin.mutate()
        }}
      >
        <TextInput
          data-autofocus
          label="Name"
          description="In addresses and on the command line; it stays. Small letters, digits, single hyphens."
          value={name}
          error={
            name !== '' && !isName
              ? 'Small letters, digits and single hyphens, beginning with a letter.'
              : undefined
          }
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {begin.isError ? <ErrorState error={begin.error} /> : null}
        <div className="hl-row">
          <Button type="submit" disabled={!isName} loading={begin.isPending}>
            Open in the studio
          </Button>
        </div>
      </form>
    </Modal>
  )
}
