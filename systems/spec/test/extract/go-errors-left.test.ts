import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const fault = `package fault

import (
	"errors"
	"net/http"
)

type Code string

const (
	Unknown Code = "unknown"
	Barred  Code = "barred"
)

type Fault struct {
	code    Code
	status  int
	message string
	cause   error
}

func New(code Code, status int, message string) *Fault {
	return &Fault{code: code, status: status, message: message}
}

func (f *Fault) Error() string { return f.message }
func (f *Fault) Status() int   { return f.status }
func (f *Fault) Unwrap() error { return f.cause }

func (f *Fault) Is(target error) bool {
	other, ok := target.(*Fault)
	return ok && f != nil && other != nil && f.code == other.code
}

func IsCode(err error, code Code) bool { return errors.Is(err, &Fault{code: code}) }

func NotKnown() *Fault { return New(Unknown, http.StatusUnauthorized, "who are you") }
func Shut() *Fault     { return New(Barred, http.StatusForbidden, "you may not") }
`

const main = `package main

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"example.com/ferry/fault"
	"example.org/passes"
	"example.org/sailors"
	"github.com/gin-gonic/gin"
)

func (g *Gate) verify(c *gin.Context, captains bool) (name string, err error) {
	key, err := c.Cookie("crew")
	if err != nil {
		var ok bool
		_, key, ok = strings.Cut(c.GetHeader("Authorization"), " ")
		if !ok || key == "" {
			return "", fault.NotKnown()
		}
	}
	token, err := passes.Check(key)
	if err != nil {
		return "", fault.NotKnown()
	}
	method, err := g.methodOf(token)
	if err != nil {
		return "", fault.NotKnown()
	}
	_ = method
	name, ok := token.Subject()
	if !ok {
		return "", fault.Shut()
	}
	sailor, err := sailors.Find(name)
	if err != nil {
		return "", fault.NotKnown()
	}
	if sailor.Barred {
		return "", fault.Shut()
	}
	if captains && !sailor.Captain {
		return "", fault.New("rank", http.StatusForbidden, "captains only")
	}
	return name, nil
}

func (g *Gate) methodOf(token *passes.Token) (string, error) {
	if !token.Has("method") {
		return "", nil
	}
	var all []any
	if err := token.Get("method", &all); err != nil {
		return "", fmt.Errorf("no method: %w", err)
	}
	if len(all) == 0 {
		return "", nil
	}
	method, ok := all[0].(string)
	if !ok {
		return "", fmt.Errorf("no text")
	}
	return method, nil
}

func byKey(c *gin.Context) (string, error) {
	if c.GetHeader("X-Key") != "key" {
		return "", fault.New(fault.Unknown, http.StatusUnauthorized, "no key")
	}
	return "key", nil
}

func (g *Gate) Add() gin.HandlerFunc {
	return func(c *gin.Context) {
		name, err := g.verify(c, g.captains)
		if err == nil {
			c.Set("name", name)
			c.Next()
			return
		}
		if !fault.IsCode(err, fault.Unknown) {
			c.Abort()
			_ = c.Error(err)
			return
		}
		name, err = byKey(c)
		if err == nil {
			c.Set("name", name)
			c.Next()
			return
		}
		c.Abort()
		_ = c.Error(err)
	}
}

type Gate struct{ captains bool }

func errorsOf(c *gin.Context) {
	c.Next()
	for _, one := range c.Errors {
		var own *fault.Fault
		if errors.As(one.Err, &own) {
			c.JSON(own.Status(), gin.H{"error": own.Error()})
			return
		}
		c.JSON(http.StatusInternalServerError, gin.H{"error": "broken"})
	}
}

func main() {
	r := gin.New()
	r.Use(errorsOf)
	r.GET("/decks", (&Gate{captains: true}).Add(), func(c *gin.Context) { c.Status(http.StatusNoContent) })
	r.Run()
}
`

test('an error that a question was answered of before is none of those that it ruled out [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module example.com/ferry\n\ngo 1.24\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
    'fault/fault.go': fault,
    'main.go': main,
  })
  const errors = factsOf(set.facts, 'error').map(({ status, message }) => `${status} ${message}`)
  // Who is not known is asked for a key: that refuses him.
  expect([...new Set(errors)].toSorted()).toEqual(['401 no key', '403 captains only', '403 you may not'])
})
