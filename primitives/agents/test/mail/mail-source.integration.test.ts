import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sourceSpec } from '../../src/tools/source-spec.ts'
import { emlSource, mailSource } from '../../src/tools/mail-source.ts'
import type { CallContext, ToolOutcome, ToolSource } from '../../src/tools/tool.ts'
import { misfit } from '../../src/run/misfit.ts'
import { login, startDovecot, startSmtp } from './mail-servers.ts'

const messages = [
  `From: Eve <eve@shop.example>
To: desk@house.example, other@house.example
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
Message-ID: <one@shop.example>
Date: Fri, 02 Jan 2026 03:04:05 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/html; charset=utf-8

<p>Where is my <b>parcel</b>?</p><script>steal()</script>
--b
Content-Type: application/pdf; name="bill.pdf"
Content-Disposition: attachment; filename="bill.pdf"
Content-Transfer-Encoding: base64

JVBERg==
--b--
`,
  `From: ada@shop.example
To: desk@house.example
Subject: Second
Message-ID: <two@shop.example>
Date: Sat, 03 Jan 2026 03:04:05 +0100

Please call.
`,
]
let dovecot: Awaited<ReturnType<typeof startDovecot>>
let smtp: Awaited<ReturnType<typeof startSmtp>>

const context: CallContext = {
  tenantId: 't',
  credential: 'desk',
  signal: new AbortController().signal,
  key: 'key-1',
  caller: null,
  maxAnswerBytes: 1024 * 1024,
}
function open(more: object = {}, password = login.password): ToolSource {
  return mailSource(
    'mail:desk',
    sourceSpec.parse({
      url: `imap://127.0.0.1:${dovecot.port}`,
      smtp: `smtp://127.0.0.1:${smtp.port}`,
      from: 'desk@house.example',
      tls: false,
      ...more,
    }),
    async (host) => host,
    async () => ({ headers: {}, query: {}, login: { user: login.user, password }, secrets: [password] }),
    20_000,
  )
}
async function call(
  name: string,
  args: Record<string, unknown>,
  source = open(),
  key = 'key-1',
): Promise<ToolOutcome> {
  const tool = (await source.list(context)).find((each) => each.name === name)!
  const wrong = await misfit(tool.input, args)
  if (wrong !== null) return { state: 'failed', code: 'arguments-misfit', message: wrong, isRetryable: false }
  return await source.call({ source: source.name, tool, args }, { ...context, key })
}
const valueOf = (outcome: ToolOutcome): unknown => (outcome.state === 'done' ? outcome.value : outcome)

beforeAll(async () => {
  dovecot = await startDovecot(messages)
  smtp = await startSmtp()
})
afterAll(async () => {
  await smtp?.close()
  await dovecot?.close()
})

describe('a mailbox as tools, on a real IMAP server', () => {
  it('is searched and read, and nothing in it is marked as read [AGENTS-MAIL-01]', async () => {
    const all = valueOf(await call('search', {})) as { messages: { uid: number; subject: string }[] }
    expect(all).toMatchObject({
      messages: [
        { subject: 'Second', from: ['ada@shop.example'], isSeen: false },
        { subject: 'Grüße', to: ['desk@house.example', 'other@house.example'] },
      ],
      isCut: false,
    })
    expect(valueOf(await call('search', { from: 'eve@shop.example' }))).toMatchObject({
      messages: [{ subject: 'Grüße' }],
    })
    expect(valueOf(await call('search', { text: 'call', limit: 1 }))).toMatchObject({
      messages: [{ subject: 'Second' }],
    })
    expect(valueOf(await call('search', { subject: 'nothing of the kind' }))).toEqual({
      messages: [],
      isCut: false,
    })
    const { uid } = all.messages.find(({ subject }) => subject === 'Grüße')!
    const read = valueOf(await call('read', { uid }))
    expect(read).toMatchObject({
      messageId: '<one@shop.example>',
      from: ['eve@shop.example'],
      text: expect.stringContaining('Where is my parcel?'),
      attachments: [{ name: 'bill.pdf', type: 'application/pdf', bytes: 4 }],
    })
    expect(JSON.stringify(read)).not.toContain('steal')
    expect(valueOf(await call('search', { unseen: true }))).toMatchObject({ messages: [{}, {}] })
    expect(valueOf(await call('folders', {}))).toEqual({ folders: expect.arrayContaining(['INBOX', 'Sent']) })
  })

  it('says what is wrong: no such folder or message, a wrong password, a server that is away [AGENTS-MAIL-01]', async () => {
    expect(await call('search', { folder: 'Nowhere' })).toMatchObject({
      state: 'failed',
      code: 'folder-unknown',
    })
    expect(await call('read', { uid: 999 })).toMatchObject({ state: 'failed', code: 'message-unknown' })
    const refused = await call('search', {}, open({}, 'a wrong password'))
    expect(refused).toMatchObject({ state: 'failed', code: 'mailbox-refused' })
    expect(JSON.stringify(refused)).not.toContain('a wrong password')
    expect(await call('search', {}, open({ url: 'imap://127.0.0.1:1' }))).toMatchObject({
      code: 'mailbox-unreachable',
      isRetryable: true,
    })
  })

  it('sends a message with an id of its call, keeps a copy, and can say that it went out [AGENTS-MAIL-02]', async () => {
    const args = {
      to: ['eve@shop.example'],
      cc: ['ada@shop.example'],
      subject: 'Your parcel\r\nBcc: spy@evil.example',
      text: 'It is on its way.\n.\n',
      inReplyTo: '<one@shop.example>',
    }
    expect(valueOf(await call('send', args))).toMatchObject({
      messageId: '<key-1@house.example>',
      accepted: ['eve@shop.example', 'ada@shop.example'],
      rejected: [],
    })
    expect(smtp.received).toHaveLength(1)
    expect(smtp.received[0]).toMatchObject({
      from: 'desk@house.example',
      to: ['eve@shop.example', 'ada@shop.example'],
    })
    expect(smtp.received[0]!.raw).toMatch(/^In-Reply-To: <one@shop\.example>/m)
    expect(smtp.received[0]!.raw).not.toMatch(/^Bcc:/m)
    const source = open()
    const tool = (await source.list(context)).find(({ name }) => name === 'send')!
    expect(tool).toMatchObject({ effect: 'outside', takesKey: false, canCheck: true })
    const check = (key: string) => source.check!({ source: source.name, tool, args }, { ...context, key })
    expect(await check('key-1')).toMatchObject({ state: 'done' })
    expect(await check('key-2')).toMatchObject({ state: 'unknown' })
    expect(valueOf(await call('search', { folder: 'Sent' }))).toMatchObject({
      messages: [{ subject: expect.stringContaining('Your parcel') }],
    })
    // A mailbox without a way to send has no such tool.
    expect((await open({ smtp: undefined }).list(context)).map(({ name }) => name)).not.toContain('send')
  })

  it('tells a message that was refused from one that may have gone out [AGENTS-MAIL-02]', async () => {
    const args = { to: ['nobody@shop.example'], subject: 'x', text: 'y' }
    expect(await call('send', args)).toMatchObject({ state: 'failed', isRetryable: false })
    for (const to of ['a@b.example\r\nRCPT TO:<c@d.example>', 'a@b.example, c@d.example', '<a@b.example>'])
      expect(await call('send', { ...args, to: [to] }), to).toMatchObject({ code: 'arguments-misfit' })
    smtp.state.drops = true
    expect(await call('send', { ...args, to: ['eve@shop.example'] }, open(), 'key-3')).toMatchObject({
      state: 'lost',
    })
    expect(
      await call('send', { ...args, to: ['eve@shop.example'] }, open({ smtp: 'smtp://127.0.0.1:1' })),
    ).toMatchObject({ state: 'failed', isRetryable: true })
  })
})

describe('an email as text', () => {
  it('is read whatever it is [AGENTS-MAIL-03]', async () => {
    const source = emlSource()
    const parse = async (eml: string) => {
      const [tool] = await source.list(context)
      const outcome = await source.call({ source: 'mail', tool: tool!, args: { eml } }, context)
      if (outcome.state === 'done') expect(await misfit(tool!.output!, outcome.value)).toBe(null)
      return valueOf(outcome)
    }
    expect(await parse(messages[0]!)).toMatchObject({ subject: 'Grüße', date: '2026-01-02T02:04:05.000Z' })
    expect(await parse('no mail at all')).toMatchObject({ from: [] })
    expect(await parse('')).toMatchObject({ text: '' })
    expect(await parse(`Content-Type: multipart/mixed; boundary=b\n\n${'--b\n'.repeat(5_000)}`)).toBeDefined()
  })
})
