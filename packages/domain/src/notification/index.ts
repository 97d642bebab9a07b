/** Notifications: who is told of what, and what of that is still on its way. */
export { Channel, type ChannelKind, type ChannelOf, HttpUrl } from './channel.js'
export { DeliveryProblem, NotificationCommand, notificationCommands } from './commands.js'
export { decideNotification } from './decide.js'
export { About, defaultOccasions, Notification, NotificationEvent, notificationEvents, Occasion, Repositories } from './events.js'
export { messageOf, type NotificationMessage } from './message.js'
export { notify, testDeliveryIdOf } from './queue.js'
export { type DeliveryState, evolveNotifications, type NotificationState, noNotifications, type TargetState } from './state.js'
