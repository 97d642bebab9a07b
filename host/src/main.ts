#!/usr/bin/env node
/** The program: runs the command line over the process. */
import { runProgram } from './cli/program.js'
import { processTerminal } from './cli/terminal.js'

process.exitCode = await runProgram(process.argv.slice(2), processTerminal())
