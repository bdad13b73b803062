import { ginRoutes } from './go-shells.ts'
import { goWays } from './go-ways.ts'
import { helpOf, indented, list, quoted } from './writer.ts'
import type { Writer } from './writer.ts'

const answer = (status: string) => `g.JSON(${status}, gin.H{"error": true})\nreturn\n`

export const go: Writer = {
  and: '&&',
  or: '||',
  not: '!',
  literal: String,
  missing: (input) => `${input} == ""`,
  is: (input, text, isEqual) => `${input} ${isEqual ? '==' : '!='} ${quoted(text)}`,
  helped: (input, text) => `isIt(${input}, ${quoted(text)})`,
  filled: (name) => `len(${name}) > 0`,
  listed: (name) => `${name} != 0`,
  chosen: (name, text) => `${name} == ${quoted(text)}`,
  marked: (name, isHigh) => `g.GetString("${name}") ${isHigh ? '==' : '!='} "high"`,
  answer,
  ways: goWays,
  step: (step, write, test) => {
    switch (step.k) {
      case 'let':
        return `${step.name} := ${String(step.value)}\n`
      case 'set':
        return `${step.name} = ${String(step.value)}\n`
      case 'if':
        return `if ${test(step.test)} {\n${write(step.body)}} else {\n${write(step.otherwise)}}\n`
      case 'switch':
        return `switch ${step.on} {\n${step.cases.map(({ text, body }) => `case ${quoted(text)}:\n${write(body)}`).join('')}${step.rest ? `default:\n${write(step.rest)}` : ''}}\n`
      case 'try':
        return `${write(step.before)}if err := risky(${step.risk}); err != nil {\n${write(step.caught)}} else {\n${write(step.after)}}\n`
      case 'look':
        return `for _, one := range []string{${list(step.among)}} {\n  if one == ${step.subject} {\n    ${step.name} = true\n  }\n}\n`
      case 'answer':
        return `g.JSON(${step.status}, gin.H{"error": true})\nreturn\n`
      case 'collect':
        return step.kind === 'list'
          ? `var ${step.name} []string\n`
          : `${step.name} := make(map[string]string)\n`
      case 'put':
        return step.kind === 'list'
          ? `${step.name} = append(${step.name}, ${quoted(step.text)})\n`
          : `${step.name}[${quoted(step.text)}] = "wrong"\n`
      case 'table':
        return `${step.name} := map[string]int{${step.keys.map((key, at) => `${quoted(key)}: ${at + 1}`).join(', ')}}[${step.subject}]\n`
      case 'refuse':
        return `if refuse(g, ${step.subject}, ${quoted(step.text)}, ${step.status}) {\n  return\n}\n`
      case 'each':
        return `for _, one := range []string{${list(step.among)}} {\n  if one == ${step.subject} {\n${indented(write(step.body))}  }\n}\n`
      case 'skip':
        return `for _, one := range []string{${list(step.among)}} {\n  if one != ${step.subject} {\n    continue\n  }\n${write(step.body)}}\n`
      case 'choose':
        return `${step.name} := "second"\nif ${test(step.test)} {\n  ${step.name} = "first"\n}\n`
      case 'deep':
        return `if inner(g, ${step.subject}, ${step.other}, ${quoted(step.text)}, ${step.status}) {\n  return\n}\n`
      case 'result':
        return `if ok, ${step.name} := checked(${step.subject}, ${quoted(step.text)}, ${step.status}); !ok {\n  g.JSON(${step.name}, gin.H{"error": true})\n  return\n}\n`
      case 'either':
        return `if ${test(step.test)} {\n  g.JSON(${step.status}, gin.H{"error": true})\n} else {\n  g.JSON(${step.other}, gin.H{"error": true})\n}\nreturn\n`
    }
  },
  files: (handlers) => ({
    'go.mod': 'module barn\n\ngo 1.22\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
    'main.go': `
package main

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
)

func risky(x string) error {
	if x == "x" {
		return errors.New("lost")
	}
	return nil
}

func isIt(x string, y string) bool {
	return x == y
}

func refuse(g *gin.Context, x string, y string, status int) bool {
	if x == y {
		g.JSON(status, gin.H{"error": true})
		return true
	}
	return false
}

func inner(g *gin.Context, x string, z string, y string, status int) bool {
	if z == "" {
		return false
	}
	return refuse(g, x, y, status)
}

func checked(x string, y string, status int) (bool, int) {
	if x == y {
		return false, status
	}
	return true, 0
}

${helpOf(goWays, handlers)}${ginRoutes(handlers)}`,
  }),
}
