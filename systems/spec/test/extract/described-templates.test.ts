import { expect, test } from 'vitest'
import { describedOperations } from '../../src/extract/api-files.ts'

test('an API description that a program fills in is read without what decides on its lines, and without the server that it fills in [SPEC-EXTRACT-02]', () => {
  const text = `openapi: 3.1.0
info:
  title: Port
{{- if .Pilots }}
tags:
  - name: Pilots
{{- end }}
servers:
  - url: '{{ trimSuffix "/" (.BaseURL | default "https://port.example.com/") }}'
paths:
  /boats:
    get:
      operationId: boats
      responses:
        "200":
          description: all
  {{- if .Pilots }}{{ $uri := "/pilots" }}
  /pilots/{id}:
    delete:
      operationId: gone
      responses:
        "204":
          description: gone
  {{- end }}
`
  const found = describedOperations('api/openapi.yml', text)
  expect(found.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /boats', 'DELETE /pilots/{id}'])
  // Each keeps its place in the file.
  expect(text.slice(found[1]?.site.start).startsWith('delete:')).toBe(true)
})
