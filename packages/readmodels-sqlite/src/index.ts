/** The read models of the ledger as tables in a disposable SQLite file. */
export { type ReadModelsOptions, type ReadModelsUnavailable, sqliteReadModels } from './read-models.js'
