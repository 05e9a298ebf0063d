import "./style/colours.css";
import "./style/base.css";
import "./style/controls.css";
import "./style/shell.css";
import "./style/devices.css";
import "./style/plots.css";
import "./style/topics.css";
import { render } from "preact";
import { resume } from "./session/session";
import { App } from "./shell/App";

const page = document.getElementById("page");
if (page) render(<App />, page);
void resume();
