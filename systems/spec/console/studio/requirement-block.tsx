import { Button, Textarea, TextInput } from '@mantine/core'
import { Chip, ErrorState, Icon, cx, formatAgo } from '@heavylift/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api } from '../api.ts'
import type { Edit } from './change-tray.tsx'
import type { Shown } from './load.ts'
import { Readable } from './readable.tsx'
import styles from './studio.module.css'

type Sentence = Shown['sentences'][number]

const gradeWords = {
  proved: 'proved by the code',
  framework: 'what the framework does',
  declared: 'declared, not proved',
  open: 'in the code, not known when',
}

/** One requirement: its sentences, each a button that lights its code, its drift, its approval. */
export function RequirementBlock({
  id,
  path,
  requirement,
  edits,
  selected,
  file,
  line,
  isFirst,
  onSelect,
  onEdit,
  onRequirement,
}: {
  id: string
  path: string
  requirement: Shown
  edits: readonly Edit[]
  selected: number | null
  file: string
  /** A line of the code that was chosen; 0 where none is. */
  line: number
  /** Where the list begins while nothing is chosen. */
  isFirst: boolean
  onSelect: (at: number, span: Sentence['spans'][number] | undefined) => void
  onEdit: (from: string, to: string) => void
  onRequirement: (path: string, key: string) => void
}) {
  const isLit = (one: Sentence) =>
    line > 0 && one.spans.some((span) => span.path === file && span.line <= line && line <= span.endLine)
  const own = useRef<HTMLElement>(null)
  const isSought = isFirst || requirement.sentences.some(isLit)
  useEffect(() => {
    // Within the list only: the page itself stays where it is.
    const [block, list] = [own.current, own.current?.parentElement]
    if (isSought && block && list) list.scrollTop = block.offsetTop
  }, [isSought, line])
  return (
    <section ref={own} className={styles['requirement']} aria-label={requirement.title}>
      <header>
        <h3 className="hl-code">{requirement.title}</h3>
        {requirement.drifts.length > 0 ? <Chip tone="warn">drifted</Chip> : null}
        {requirement.tests.length > 0 ? (
          <Chip tone="good">
            {requirement.tests.length === 1 ? '1 test' : `${requirement.tests.length} tests`}
          </Chip>
        ) : null}
        <Approval id={id} path={path} requirement={requirement} />
      </header>
      <ol>
        {requirement.sentences.map((sentence) => (
          <SentenceLine
            key={sentence.at}
            sentence={sentence}
            edit={edits.find(({ from }) => from === sentence.text) ?? null}
            isSelected={selected === sentence.at || isLit(sentence)}
            onSelect={() => onSelect(sentence.at, sentence.spans[0])}
            onEdit={(to) => onEdit(sentence.text, to)}
          />
        ))}
      </ol>
      {requirement.operations.length > 0 ? (
        <details>
          <summary>
            holds for{' '}
            {requirement.operations.length === 1
              ? '1 operation'
              : `${requirement.operations.length} operations`}
          </summary>
          <ul className={styles['held']}>
            {requirement.operations.map((title) => (
              <li key={title} className="hl-code">
                {title}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {requirement.common.map((one) => (
        <details key={`${one.path}${one.key}`}>
          <summary>
            {one.title} ({one.sentences.length === 1 ? '1 sentence' : `${one.sentences.length} sentences`})
          </summary>
          <ul className={styles['held']}>
            {one.sentences.map((sentence) => (
              <li key={sentence}>
                <Readable text={sentence} />
              </li>
            ))}
          </ul>
          <button type="button" className={styles['link']} onClick={() => onRequirement(one.path, one.key)}>
            See it with its operations
          </button>
        </details>
      ))}
      {requirement.scenarios.length > 0 ? (
        <details>
          <summary>
            {requirement.scenarios.length === 1 ? '1 scenario' : `${requirement.scenarios.length} scenarios`}
          </summary>
          {requirement.scenarios.map(({ name, steps }) => (
            <p key={name}>
              <b>{name}</b>
              {steps.map((step) => (
                <span key={step} className={styles['step']}>
                  {step}
                </span>
              ))}
            </p>
          ))}
        </details>
      ) : null}
    </section>
  )
}

function SentenceLine({
  sentence,
  edit,
  isSelected,
  onSelect,
  onEdit,
}: {
  sentence: Sentence
  edit: Edit | null
  isSelected: boolean
  onSelect: () => void
  onEdit: (to: string) => void
}) {
  const [draft, setDraft] = useState<string | null>(null)
  if (draft !== null)
    return (
      <li className={styles['editing']}>
        <Textarea
          aria-label="The sentence"
          rows={4}
          data-autofocus
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value.replaceAll('\n', ' '))}
        />
        <div className="hl-row">
          <Button
            size="compact-sm"
            onClick={() => {
              onEdit(draft.trim())
              setDraft(null)
            }}
          >
            Keep this wording
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setDraft(null)}>
            Leave it
          </Button>
        </div>
      </li>
    )
  return (
    <li className={cx(styles['sentence'], isSelected && styles['selected'])}>
      <button type="button" aria-pressed={isSelected} onClick={onSelect}>
        {edit ? (
          <s>
            <Readable text={sentence.text} />
          </s>
        ) : (
          <Readable text={sentence.text} />
        )}
        {edit ? <ins>{edit.to === '' ? 'taken out' : edit.to}</ins> : null}
        <small>
          {sentence.grade === null
            ? 'worded by people; no fact says just this'
            : `${gradeWords[sentence.grade]}${sentence.spans[0] ? ` · ${sentence.spans[0].path}:${sentence.spans[0].line}` : ''}`}
        </small>
      </button>
      <button
        type="button"
        className={styles['pencil']}
        aria-label={`Edit: ${sentence.text.slice(0, 60)}`}
        onClick={() => setDraft(edit?.to ?? sentence.text)}
      >
        Edit
      </button>
    </li>
  )
}

function Approval({ id, path, requirement }: { id: string; path: string; requirement: Shown }) {
  const client = useQueryClient()
  const [by, setBy] = useState<string | null>(null)
  const approving = useMutation({
    mutationFn: (name: string) =>
      api.put('/repositories/:id/approvals', {
        params: { id },
        body: { path, requirement: requirement.key, by: name },
      }),
    onSuccess: async () => {
      setBy(null)
      await client.invalidateQueries({ queryKey: ['spec', id] })
    },
  })
  const { approval } = requirement
  if (by !== null)
    return (
      <form
        className="hl-row"
        onSubmit={(event) => {
          event.preventDefault()
          approving.mutate(by)
        }}
      >
        <TextInput
          size="xs"
          aria-label="Who approves"
          placeholder="Your name"
          value={by}
          onChange={(event) => setBy(event.currentTarget.value)}
        />
        <Button size="compact-sm" type="submit" disabled={by.trim() === ''} loading={approving.isPending}>
          Approve
        </Button>
        {approving.isError ? <ErrorState error={approving.error} /> : null}
      </form>
    )
  return (
    <span className={styles['approval']}>
      {approval ? (
        <span title={approval.note}>
          {approval.isOfThisText ? (
            <>
              <Icon name="check" width={12} height={12} /> {approval.by},{' '}
              {formatAgo(approval.atMs, Date.now())}
            </>
          ) : (
            `${approval.by} approved an earlier wording`
          )}
        </span>
      ) : null}
      {approval?.isOfThisText ? null : (
        <Button size="compact-xs" variant="default" onClick={() => setBy('')}>
          Approve
        </Button>
      )}
    </span>
  )
}
