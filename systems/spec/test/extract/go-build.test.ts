import { expect, test } from 'vitest'
import { isBuilt } from '../../src/parse/go-build.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const head = (text: string) => `${text}\npackage depot\n`

test.each([
  ['depot.go', '// Package depot keeps pallets.', true],
  ['depot.go', '// +build lite\n', false],
  ['depot.go', '//+build !lite\n', true],
  ['depot.go', '// A licence.\n\n// +build !lite,windows linux,!lite\n// +build amd64\n', true],
  ['depot.go', '// +build linux\n// +build ignore\n', false],
  // Without a blank line behind it, it is part of the package's own comment.
  ['depot.go', '// +build lite', true],
  ['depot.go', '/* A licence. */\n\n// +build lite\n', true],
  ['depot.go', '/* A licence. */\n\n//go:build lite\n', false],
  ['depot.go', '/*\n//go:build lite\n*/\n', true],
  // The newer form alone counts.
  ['depot.go', '//go:build !lite\n// +build lite\n', true],
  ['depot.go', '//go:build !(lite || !unix) && go1.21\n', true],
  ['depot_windows.go', '', false],
  ['depot_linux.go', '', true],
  ['depot_linux_arm64.go', '', false],
  ['depot_linux_amd64.go', '', true],
  ['depot_windows_test.go', '', false],
  ['depot_windows.pb.go', '', false],
  // Only the last words of a name, and never its first.
  ['depot_windows_list.go', '', true],
  ['depot_js_files.go', '', true],
  ['windows.go', '', true],
  ['_depot.go', '', false],
])('whether %s is built that begins with %j: %j [SPEC-EXTRACT-01]', (name, text, isPart) => {
  expect(isBuilt(`store/${name}`, head(text))).toBe(isPart)
})

test('a stub for a build with a tag stands in for nothing, whatever the order of the files [SPEC-EXTRACT-01]', async () => {
  const handler = (tag: string, body: string) =>
    `// A licence.\n\n// +build ${tag}\n\npackage pallets\n\nimport "net/http"\n\nfunc Find() http.HandlerFunc {\n\treturn func(w http.ResponseWriter, r *http.Request) {\n\t\t${body}\n\t}\n}\n`
  const { set } = await extractFiles({
    'go.mod': 'module example.com/depot\n\ngo 1.16\n',
    'pallets/find.go': handler(
      '!lite',
      'if r.URL.Query().Get("row") == "" {\n\t\t\tw.WriteHeader(422)\n\t\t\treturn\n\t\t}\n\t\tw.WriteHeader(204)',
    ),
    'pallets/none.go': handler('lite', 'w.WriteHeader(501)'),
    'main.go': `package main\n\nimport (\n\t"net/http"\n\n\t"example.com/depot/pallets"\n)\n\nfunc main() {\n\thttp.HandleFunc("/pallets", pallets.Find())\n\thttp.ListenAndServe(":8080", nil)\n}\n`,
  })
  const told = [...factsOf(set.facts, 'response'), ...factsOf(set.facts, 'error')]
  expect(told.map(({ status }) => status)).toEqual([204, 422])
})
