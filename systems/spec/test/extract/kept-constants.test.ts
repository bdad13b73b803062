import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const errorsSaid = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(set.facts, 'error')
    .filter(({ grade }) => grade !== 'open')
    .map((one) => sayFact(one, titles.get(one.operation) ?? '?'))
    .toSorted()
}

test('a text that middleware of Express keeps in a request is that text for what comes after it, with when it is which [SPEC-EXTRACT-04]', async () => {
  const said = await errorsSaid({
    'package.json': '{"dependencies":{"express":"5.0.0"}}',
    'app.js': `const express = require('express')
const app = express()
app.use((req, res, next) => {
  req.tide = req.query.moon === 'full' ? 'spring' : 'neap'
  next()
})
app.use((req, res, next) => {
  if (req.query.wind) {
    req.sails = 'up'
    return next()
  }
  req.sails = 'down'
  next()
})
app.get('/moorings', (req, res) => {
  if (req.tide === 'spring') return res.status(409).json({ error: 'high' })
  if (req.sails !== 'up') return res.status(423).json({ error: 'still' })
  res.json([])
})
app.listen(80)
`,
  })
  expect(said).toEqual([
    'IF, for GET /moorings, the query parameter moon is "full", THEN the service SHALL answer 409 with error (string, required) and say "high".',
    'IF, for GET /moorings, the query parameter moon is not "full" and the query parameter wind is missing, THEN the service SHALL answer 423 with error (string, required) and say "still".',
  ])
})

test('a text that middleware of Gin sets is had by its typed getter, a list of paths is tried with the path, and what errors.New makes is of no interface with other methods [SPEC-EXTRACT-04]', async () => {
  const said = await errorsSaid({
    'go.mod': 'module quay\n\ngo 1.22\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
    'main.go': `package main

import (
	"errors"
	"slices"

	"github.com/gin-gonic/gin"
)

var errFull = errors.New("full")

type coded interface {
	Code() int
}

func fail(c *gin.Context, err error) {
	if one, ok := err.(coded); ok {
		c.JSON(one.Code(), gin.H{})
		return
	}
	c.JSON(423, gin.H{})
}

func tide(c *gin.Context) {
	if slices.Contains([]string{"/health"}, c.Request.URL.Path) {
		c.Next()
		return
	}
	level := "low"
	if c.Query("moon") == "full" {
		level = "high"
	}
	c.Set("tide", level)
	if c.Query("wind") == "" {
		fail(c, errFull)
		c.Abort()
		return
	}
	c.Next()
}

func moorings(c *gin.Context) {
	if c.GetString("tide") == "high" {
		c.JSON(409, gin.H{})
		return
	}
	c.JSON(200, gin.H{})
}

func main() {
	r := gin.Default()
	r.Use(tide)
	r.GET("/health", func(c *gin.Context) { c.JSON(200, gin.H{}) })
	r.GET("/moorings", moorings)
	r.Run()
}
`,
  })
  expect(said).toEqual([
    'IF, for GET /moorings, the query parameter moon is "full" and the query parameter wind is not empty, THEN the service SHALL answer 409.',
    'IF, for GET /moorings, the query parameter wind is empty, THEN the service SHALL answer 423.',
  ])
})

test('a class of Java that stands in another one calls its static methods by their bare names [SPEC-EXTRACT-04]', async () => {
  const said = await errorsSaid({
    'pom.xml':
      '<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId><version>3.3.0</version></dependency></dependencies></project>',
    'src/main/java/quay/Moorings.java': `package quay;

import jakarta.servlet.http.*;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.*;

@RestController
public class Moorings {
  private static final String FULL = "full";

  static void refuse(String x, String y, int status) {
    if (y.equals(x)) throw new ResponseStatusException(HttpStatusCode.valueOf(status));
  }

  @GetMapping("/moorings")
  public String all() {
    return "none";
  }

  static class Tide implements HandlerInterceptor {
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
      refuse(request.getParameter("moon"), FULL, 409);
      return true;
    }
  }

  @Configuration
  static class Before implements WebMvcConfigurer {
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
      registry.addInterceptor(new Tide());
    }
  }
}
`,
  })
  expect(said).toEqual([
    'IF, for GET /moorings, the query parameter moon is "full", THEN the service SHALL answer 409.',
  ])
})
