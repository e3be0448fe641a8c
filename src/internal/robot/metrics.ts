/** What is counted of long connections. */
import * as Metric from "effect/Metric"

export const connections = Metric.counter("wecom_robot_connections_total", {
  description: "Connections of bots that ended or could not be made",
  incremental: true
})

export const frames = Metric.counter("wecom_robot_frames_total", {
  description: "Frames of bots, by what became of them",
  incremental: true
})

export const handled = Metric.counter("wecom_robot_events_total", {
  description: "Events of long connections that a handler was called for",
  incremental: true
})

export const feedback = Metric.counter("wecom_robot_feedback_total", {
  description: "Feedback of members on answers of bots",
  incremental: true
})
